/* 837P: what a practice asks to be paid. */
#include "claims.h"

/* How many diagnoses there are. */
static unsigned put_diagnoses(void)
{
    static const char *const sets[] = {"ABK:J0190", "ABK:E119*ABF:I10", "ABK:H6691*ABF:R509*ABF:J069", "ABK:M5450*ABF:E785*ABF:Z7984*ABF:N182"};
    unsigned at = random_below(4);
    put("HI*%s", sets[at]);
    return at + 1;
}

static void put_service(const service *line, unsigned number, unsigned diagnoses, bool secondary)
{
    static const char *const procedures[] = {"HC:99213", "HC:99214:25", "HC:80053", "HC:36415", "HC:93000:26:59", "HC:97110:GP", "HC:71046", "HC:J0696"};
    static const char *const pointers[] = {"1", "1:2", "1:2:3", "3:4:1:2"};
    unsigned procedure = random_below(8), units = 1 + random_below(3);
    put("LX*%u", number);
    put("SV1*%s*%s*UN*%u***%s", procedures[procedure], money(line->charge), units, pointers[random_below(diagnoses)]);
    put("DTP*472*D8*%s", date());
    put("REF*6R*%u", number);
    if (one_in(20))
        put("NTE*ADD*SECOND VISIT ON THE SAME DAY");
    if (procedure == 7) {
        put("LIN**N4*00000111101");
        put("CTP****500*ME");
        put("REF*XZ*RX%u", random_below(100000));
    }
    if (one_in(10))
        put_person("DK");
    if (secondary)
        put_first_payer_line(line, procedures[procedure], "", units);
}

static void put_ambulance(void)
{
    put("CR1*LB*%u**A*DH*%u", 100 + random_below(150), 1 + random_below(60));
    put("CRC*07*Y*01*06");
}

static void put_providers(bool ambulance)
{
    if (one_in(4))
        put_person("DN");
    put_person("82");
    put("PRV*PE*PXC*207Q00000X");
    if (one_in(4)) {
        put("NM1*77*2*LAKE SURGERY CENTER*****XX*%s", npi());
        put_address();
    }
    if (ambulance) {
        put("NM1*PW*2");
        put_address();
        put("NM1*45*2*LAKE HOSPITAL");
        put_address();
    }
}

static void put_claim(uint64_t number, bool secondary)
{
    static const char *const places[] = {"11", "22", "12", "02"};
    service lines[MOST_SERVICES];
    unsigned count = new_services(lines);
    bool ambulance = one_in(30), replaces = one_in(20), inpatient = !ambulance && one_in(10);
    put("CLM*PCN%" PRIu64 "*%s***%s:B:%s*Y*A*Y*Y", number, money(total(lines, count, charge_of)), ambulance ? "41" : inpatient ? "21" : PICK(places),
        replaces ? "7" : "1");
    if (one_in(5))
        put("DTP*431*D8*%s", date());
    if (inpatient)
        put("DTP*435*D8*%s", date());
    if (one_in(20))
        put("PWK*OZ*EL***AC*ATT%06u", random_below(1000000));
    if (one_in(10))
        put("AMT*F5*20");
    if (one_in(10))
        put("REF*G1*AUTH%06u", random_below(1000000));
    if (replaces)
        put("REF*F8*2023%09" PRIu64, number);
    if (one_in(2))
        put("REF*EA*%08u", random_below(100000000));
    if (one_in(20))
        put("NTE*ADD*RECORDS ARE SENT ON REQUEST");
    if (ambulance)
        put_ambulance();
    unsigned diagnoses = put_diagnoses();
    put_providers(ambulance);
    if (secondary)
        put_first_payer(lines, count);
    for (unsigned i = 0; i < count; i++)
        put_service(&lines[i], i + 1, diagnoses, secondary);
}

static const claim_kind kind = {"005010X222A1", "207Q00000X", put_claim};

static void put_transaction(uint64_t number, uint64_t size)
{
    put_claims(&kind, number, size);
}

const file_kind professional_claims = {"837P", "HC", "005010X222A1", put_transaction};
