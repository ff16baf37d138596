/* 837I: what a hospital asks to be paid. */
#include "claims.h"

static void put_dates(bool inpatient)
{
    unsigned month = 1 + random_below(12), day = 1 + random_below(20);
    if (inpatient)
        put("DTP*096*TM*%02u30", random_below(24));
    put("DTP*434*RD8*2024%02u%02u-2024%02u%02u", month, day, month, inpatient ? day + random_below(8) : day);
    if (inpatient)
        put("DTP*435*DT*2024%02u%02u%02u15", month, day, random_below(24));
    put("CL1*%u*%s*%s", 1 + random_below(3), inpatient ? "7" : "1", one_in(10) ? "30" : "01");
}

static void put_codes(bool inpatient)
{
    static const char *const others[] = {"ABF:E119:::::::Y*ABF:I10:::::::Y", "ABF:N182:::::::Y", "ABF:E785:::::::Y*ABF:Z7984*ABF:J449:::::::Y*ABF:I2510:::::::N*ABF:D649:::::::U"};
    put("HI*ABK:%s", inpatient ? "K3580:::::::Y" : "S52501A");
    put("HI*%s", inpatient ? "ABJ:R1031" : "APR:M25531");
    if (one_in(10))
        put("HI*ABN:W010XXA");
    if (inpatient)
        put("HI*DR:%03u", 100 + random_below(800));
    if (!one_in(3))
        put("HI*%s", PICK(others));
    if (inpatient && one_in(2)) {
        put("HI*BBR:0DTJ4ZZ:D8:%s", date());
        if (one_in(2))
            put("HI*BBQ:0W9G3ZZ:D8:%s*BBQ:3E0T3BZ:D8:%s", date(), date());
    }
    if (one_in(6))
        put("HI*BI:70:RD8:20231214-20231220");
    if (one_in(2))
        put("HI*BH:11:D8:%s*BH:A3:D8:%s", date(), date());
    if (one_in(2))
        put("HI*BE:80:::%u*BE:A1:::%s", 1 + random_below(9), money(random_below(200000)));
    if (one_in(3))
        put("HI*BG:09*BG:C5");
}

static void put_service(const service *line, unsigned number, bool inpatient, bool secondary)
{
    static const char *const procedures[] = {"HC:73110:RT", "HC:99283:25", "HC:44970", "HC:G0463", "HC:80053"};
    static const char *const revenue[] = {"0120", "0250", "0360", "0320", "0450", "0510"};
    const char *procedure = inpatient && one_in(2) ? "" : PICK(procedures), *code = PICK(revenue);
    unsigned units = 1 + random_below(5);
    put("LX*%u", number);
    put("SV2*%s*%s*%s*%s*%u", code, procedure, money(line->charge), *procedure ? "UN" : "DA", units);
    if (!inpatient)
        put("DTP*472*D8*%s", date());
    put("REF*6R*%u", number);
    if (one_in(10))
        put_person("72");
    if (secondary)
        put_first_payer_line(line, procedure, code, units);
}

static void put_claim(uint64_t number, bool secondary)
{
    service lines[MOST_SERVICES];
    unsigned count = new_services(lines);
    bool inpatient = one_in(2);
    put("CLM*PCN%" PRIu64 "*%s***%s:A:1**A*Y*Y", number, money(total(lines, count, charge_of)), inpatient ? "11" : "13");
    put_dates(inpatient);
    if (one_in(10))
        put("REF*G1*AUTH%06u", random_below(1000000));
    put("REF*EA*MR-%06u", random_below(1000000));
    if (one_in(10))
        put("NTE*ADD*RECORDS ARE SENT ON REQUEST");
    put_codes(inpatient);
    put_person("71");
    put("PRV*AT*PXC*208600000X");
    if (inpatient && one_in(2))
        put_person("72");
    if (secondary)
        put_first_payer(lines, count);
    for (unsigned i = 0; i < count; i++)
        put_service(&lines[i], i + 1, inpatient, secondary);
}

static const claim_kind kind = {"005010X223A2", "282N00000X", put_claim};

static void put_transaction(uint64_t number, uint64_t size)
{
    put_claims(&kind, number, size);
}

const file_kind institutional_claims = {"837I", "HC", "005010X223A2", put_transaction};
