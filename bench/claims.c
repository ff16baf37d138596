#include "claims.h"

static const char *const plans[] = {"LAKESIDE HEALTH PLAN*****PI*99001", "EXAMPLE MUTUAL*****PI*99002", "SECOND EXAMPLE PLAN OF THE MIDDLE WEST*****PI*99003"};

static void put_head(const claim_kind *kind, uint64_t number)
{
    begin_transaction("837", kind->guide, number);
    put("BHT*0019*00*B%" PRIu64 "*20240131*1015*CH", number);
    put("NM1*41*2*EXAMPLE CLINIC*****46*EXC01");
    put("PER*IC*EDI DESK*TE*8005550110*EX*12");
    put("NM1*40*2*LAKESIDE HEALTH PLAN*****46*99001");
}

static void put_provider(const claim_kind *kind, uint64_t level)
{
    static const char *const names[] = {"MAPLE FAMILY PRACTICE", "LAKE HOSPITAL", "EXAMPLE MEDICAL GROUP OF GREATER SPRINGFIELD"};
    put("HL*%" PRIu64 "**20*1", level);
    put("PRV*BI*PXC*%s", kind->taxonomy);
    put("NM1*85*2*%s*****XX*%s", PICK(names), npi());
    put_address();
    put("REF*EI*%09u", random_below(1000000000));
    if (one_in(3))
        put("PER*IC*BILLING*TE*8005550120*EX*7");
}

static void put_birth(void)
{
    put("DMG*D8*%04u%02u%02u*%s", 1930 + random_below(90), 1 + random_below(12), 1 + random_below(28), one_in(2) ? "F" : "M");
}

static void put_subscriber(uint64_t level, uint64_t provider, bool patient, bool secondary)
{
    put("HL*%" PRIu64 "*%" PRIu64 "*22*%d", level, provider, !patient);
    put("SBR*%s*%s*GRP%03u******%s", secondary ? "S" : "P", patient ? "18" : "", random_below(1000), one_in(3) ? "BL" : "CI");
    put("NM1*IL*1*%s*%s*%c***MI*LS%06u", last_name(), first_name(), 'A' + (int)random_below(26), random_below(1000000));
    if (patient) {
        put_address();
        put_birth();
    }
    put("NM1*PR*2*%s", PICK(plans));
}

static void put_dependent(uint64_t level, uint64_t subscriber)
{
    put("HL*%" PRIu64 "*%" PRIu64 "*23*0", level, subscriber);
    put("PAT*%s", one_in(3) ? "01" : "19");
    put("NM1*QC*1*%s*%s", last_name(), first_name());
    put_address();
    put_birth();
}

void put_claims(const claim_kind *kind, uint64_t number, uint64_t size)
{
    uint64_t end = written() + size, level = 0, claim = number * 1000;
    put_head(kind, number);
    do {
        uint64_t provider = ++level, subscribers = 1 + random_below(100);
        put_provider(kind, provider);
        do {
            bool patient = !one_in(3), secondary = one_in(5);
            uint64_t subscriber = ++level;
            put_subscriber(subscriber, provider, patient, secondary);
            if (!patient)
                put_dependent(++level, subscriber);
            for (unsigned left = 1 + random_below(3); left > 0; left--)
                kind->put_claim(claim++, secondary);
        } while (--subscribers > 0 && written() < end);
    } while (written() < end);
    end_transaction(number);
}

void put_person(const char *role)
{
    put("NM1*%s*1*%s*%s****XX*%s", role, last_name(), first_name(), npi());
}

void put_first_payer(const service *lines, unsigned count)
{
    put("SBR*P*18*******MB");
    put("AMT*D*%s", money(total(lines, count, paid)));
    if (total(lines, count, patient_share) != 0)
        put("AMT*EAF*%s", money(total(lines, count, patient_share)));
    put("OI***Y***Y");
    put("NM1*IL*1*%s*%s****MI*1AA0A00AA%02u", last_name(), first_name(), random_below(100));
    put("NM1*PR*2*EXAMPLE MEDICARE CONTRACTOR*****PI*00000");
}

void put_first_payer_line(const service *line, const char *procedure, const char *revenue, unsigned units)
{
    put("SVD*00000*%s*%s*%s*%u", money(paid(line)), procedure, revenue, units);
    put_adjustments(line);
    put("DTP*573*D8*%s", date());
}
