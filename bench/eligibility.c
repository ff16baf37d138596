/* 271: what the plan covers. */
#include "generate.h"
#include <stdio.h>

static void put_head(uint64_t number)
{
    begin_transaction("271", "005010X279A1", number);
    put("BHT*0022*11*Q%" PRIu64 "*20240131*1015", number);
    put("HL*1**20*1");
    put("NM1*PR*2*LAKESIDE HEALTH PLAN*****PI*99001");
    put("PER*IC*PROVIDER LINE*TE*8005550101*UR*WWW.LAKESIDE.EXAMPLE");
    put("HL*2*1*21*1");
    put("NM1*1P*2*MAPLE FAMILY PRACTICE*****XX*1234567893");
}

static void put_related(void)
{
    put("LS*2120");
    put("NM1*P3*1*%s*%s****XX*%s", last_name(), first_name(), npi());
    if (one_in(2)) {
        put_address();
        put("PER*IC**TE*8005550110");
    }
    put("PRV*PC*PXC*207Q00000X");
    put("LE*2120");
}

static void put_benefit(void)
{
    static const char *const services[] = {"30", "98", "33", "48^50", "1^33^35^47^48^50^86^88^98^AL^MH^UC", "35", "UC", "A6^A7"};
    static const char *const networks[] = {"Y", "N", "W"};
    const char *service_type = PICK(services), *network = PICK(networks), *level = one_in(3) ? "FAM" : "IND";
    switch (random_below(6)) {
    case 0:
        put("EB*1*%s*%s*PR*GOLD PPO", level, service_type);
        break;
    case 1:
        put("EB*C*%s*%s***23*%s*****%s", level, service_type, money(random_below(500000)), network);
        break;
    case 2:
        put("EB*B*%s*%s***27*%u*****%s", level, service_type, 5 * random_below(20), network);
        break;
    case 3:
        put("EB*A*%s*%s*****.%u****%s", level, service_type, 1 + random_below(5), network);
        put("HSD*VS*20***23");
        break;
    case 4:
        put("EB*F*%s*%s******VS*%u**%s", level, service_type, 10 + random_below(40), network);
        put("MSG*VISITS ARE COUNTED FROM JANUARY");
        break;
    default:
        put("EB*CB*%s*%s*********%s", level, service_type, network);
        put("REF*18*PLAN-%u", random_below(100));
        put("DTP*348*D8*%s", date());
        break;
    }
    if (one_in(10))
        put("III*ZZ*%u", 11 + random_below(2));
    if (one_in(8))
        put_related();
}

/* Whom it is about, and what there is for them. `insured` is INS. */
static void put_subject(const char *insured, const char *name, uint64_t trace)
{
    put("TRN*2*Q%" PRIu64 "*9EXAMPLE01", trace);
    put("NM1*%s", name);
    if (one_in(20)) {
        put("AAA*N**58*C");
        return;
    }
    put("REF*6P*GRP%03u", random_below(1000));
    put_address();
    put("DMG*D8*1980%02u%02u*%s", 1 + random_below(12), 1 + random_below(28), one_in(2) ? "F" : "M");
    put("INS*%s", insured);
    put("DTP*346*D8*20240101");
    for (unsigned left = 1 + random_below(30); left > 0; left--)
        put_benefit();
}

static void put_subscriber(uint64_t *level)
{
    char name[100];
    uint64_t subscriber = ++*level;
    bool dependent = one_in(4);
    snprintf(name, sizeof name, "IL*1*%s*%s****MI*LS%06u", last_name(), first_name(), random_below(1000000));
    put("HL*%" PRIu64 "*2*22*%d", subscriber, dependent);
    if (!dependent) {
        put_subject("Y*18", name, subscriber);
        return;
    }
    put("NM1*%s", name);
    put("HL*%" PRIu64 "*%" PRIu64 "*23*0", ++*level, subscriber);
    snprintf(name, sizeof name, "03*1*%s*%s", last_name(), first_name());
    put_subject("N*19", name, subscriber);
}

static void put_transaction(uint64_t number, uint64_t size)
{
    uint64_t end = written() + size, level = 2;
    put_head(number);
    do
        put_subscriber(&level);
    while (written() < end);
    end_transaction(number);
}

const file_kind eligibility_answers = {"271", "HB", "005010X279A1", put_transaction};
