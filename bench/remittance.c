/* 835: what was paid. */
#include "generate.h"
#include <stddef.h>

static void put_service(const service *line, unsigned number)
{
    static const char *const codes[] = {"99213", "99214:25", "80053", "36415", "93000:26:59", "J1100", "97110:GP", "71046"};
    static const char *const remarks[] = {"N130", "M15", "N362", "MA130", "N20"};
    put("SVC*HC:%s*%s*%s**%u", PICK(codes), money(line->charge), money(paid(line)), 1 + random_below(3));
    put("DTM*472*%s", date());
    put_adjustments(line);
    put("REF*6R*%u", number);
    if (one_in(2))
        put("AMT*B6*%s", money(line->charge - line->contractual));
    if (one_in(4))
        put("LQ*HE*%s", PICK(remarks));
}

/* Returns what the claim was paid. */
static int64_t put_claim(uint64_t number)
{
    service lines[MOST_SERVICES];
    unsigned count = new_services(lines);
    int64_t payment = total(lines, count, paid);
    put("CLP*PCN%" PRIu64 "*%u*%s*%s*%s*%s*2024%09" PRIu64 "*11*1", number, 1 + random_below(3), money(total(lines, count, charge_of)), money(payment),
        money(total(lines, count, patient_share)), one_in(2) ? "12" : "MC", number);
    put("NM1*QC*1*%s*%s*%c***MI*M%08u", last_name(), first_name(), 'A' + (int)random_below(26), random_below(100000000));
    if (one_in(3))
        put("NM1*82*1*%s*%s****XX*%s", last_name(), first_name(), npi());
    if (one_in(5))
        put("MOA***MA01");
    if (one_in(2))
        put("REF*EA*%08u", random_below(100000000));
    put("DTM*232*%s", date());
    put("DTM*050*%s", date());
    for (unsigned i = 0; i < count; i++)
        put_service(&lines[i], i + 1);
    return payment;
}

static void put_head(uint64_t number, int64_t payment)
{
    begin_transaction("835", NULL, number);
    put("BPR*I*%s*C*ACH*CCP*01*999999992*DA*123456*1512345678**01*999988880*DA*98765*20240131", money(payment));
    put("TRN*1*%012" PRIu64 "*1512345678", number);
    put("DTM*405*20240131");
    put("N1*PR*EXAMPLE HEALTH PLAN*XV*12345");
    put("N3*1 PLAN PLAZA");
    put("N4*SPRINGFIELD*IL*62701");
    put("PER*BL*PROVIDER SERVICES*TE*8005550100*UR*WWW.EXAMPLE.COM");
    put("N1*PE*EXAMPLE CLINIC*XX*1234567893");
    put("REF*TJ*123456789");
}

/* The claims are made twice from the same random numbers: first unseen, for the sum that the head must name. */
static void put_transaction(uint64_t number, uint64_t size)
{
    uint64_t claims = 0;
    int64_t payment = 0;
    begin_rehearsal();
    for (uint64_t end = written() + size; written() < end; claims++)
        payment += put_claim(number * 1000 + claims);
    end_rehearsal();
    put_head(number, payment);
    for (uint64_t i = 0; i < claims; i++) {
        if (i % 1000 == 0)
            put("LX*%" PRIu64, i / 1000 + 1);
        put_claim(number * 1000 + i);
    }
    end_transaction(number);
}

const file_kind remittance = {"835", "HP", "005010X221A1", put_transaction};
