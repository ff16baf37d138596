/* Big, varied, valid 835 files: generate SIZE [one|many] > FILE. The same arguments give the same bytes; every remittance is in balance. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *output;
static uint64_t state = 0x9E3779B97F4A7C15u;
static uint64_t written;
static unsigned segments; /* of the open transaction */

static uint32_t random_below(uint32_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 32) % limit);
}

#define PICK(list) list[random_below(sizeof list / sizeof *list)]

static void put(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void put(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vfprintf(output, format, arguments);
    va_end(arguments);
    if (length < 0 || putc('\n', output) == EOF) {
        perror("generate");
        exit(4);
    }
    written += (uint64_t)length + 1;
    segments++;
}

/* Cents as X12 writes them: 150, 150.5, 150.55 */
static const char *money(int64_t cents)
{
    static char texts[8][32];
    static unsigned turn;
    char *text = texts[turn++ % 8];
    const char *sign = cents < 0 ? "-" : "";
    int64_t whole = llabs(cents) / 100, rest = llabs(cents) % 100;
    if (rest == 0)
        snprintf(text, 32, "%s%" PRId64, sign, whole);
    else if (rest % 10 == 0)
        snprintf(text, 32, "%s%" PRId64 ".%" PRId64, sign, whole, rest / 10);
    else
        snprintf(text, 32, "%s%" PRId64 ".%02" PRId64, sign, whole, rest);
    return text;
}

static const char *date(void)
{
    static char texts[4][12];
    static unsigned turn;
    char *text = texts[turn++ % 4];
    snprintf(text, 12, "2024%02u%02u", 1 + random_below(12), 1 + random_below(28));
    return text;
}

enum { SERVICES = 12 };

/* One service line: what was charged, and how it was met. */
typedef struct service {
    int64_t charge, contractual, deductible, coinsurance;
} service;

static int64_t paid(const service *line)
{
    return line->charge - line->contractual - line->deductible - line->coinsurance;
}

static service new_service(void)
{
    service line = {.charge = 1000 + random_below(90000)};
    line.contractual = random_below((uint32_t)line.charge / 2);
    if (random_below(3) == 0)
        line.deductible = random_below((uint32_t)(line.charge - line.contractual));
    if (random_below(2) == 0)
        line.coinsurance = (line.charge - line.contractual - line.deductible) / 5;
    return line;
}

static void put_service(const service *line, unsigned number)
{
    static const char *const codes[] = {"99213", "99214:25", "80053", "36415", "93000:26:59", "J1100", "97110:GP", "71046"};
    static const char *const remarks[] = {"N130", "M15", "N362", "MA130", "N20"};
    put("SVC*HC:%s*%s*%s**%u~", PICK(codes), money(line->charge), money(paid(line)), 1 + random_below(3));
    put("DTM*472*%s~", date());
    if (line->contractual != 0)
        put("CAS*CO*45*%s~", money(line->contractual));
    if (line->deductible != 0 && line->coinsurance != 0)
        put("CAS*PR*1*%s**2*%s~", money(line->deductible), money(line->coinsurance));
    else if (line->deductible + line->coinsurance != 0)
        put("CAS*PR*%s*%s~", line->deductible ? "1" : "2", money(line->deductible + line->coinsurance));
    put("REF*6R*%u~", number);
    if (random_below(2) == 0)
        put("AMT*B6*%s~", money(line->charge - line->contractual));
    if (random_below(4) == 0)
        put("LQ*HE*%s~", PICK(remarks));
}

/* Returns what the claim was paid. */
static int64_t put_claim(uint64_t number)
{
    static const char *const last_names[] = {"DOE", "SAMPLE", "EXAMPLE", "TESTER", "O'MARA", "LONGERNAME-SMYTHE", "NGUYEN", "GARCIA"};
    static const char *const first_names[] = {"JANE", "JOHN", "ALEX", "MARIA", "SAM", "CHRISTOPHER"};
    service lines[SERVICES];
    unsigned count = 1 + random_below(random_below(4) == 0 ? SERVICES : 4);
    int64_t charge = 0, payment = 0, patient = 0;
    for (unsigned i = 0; i < count; i++) {
        lines[i] = new_service();
        charge += lines[i].charge;
        payment += paid(&lines[i]);
        patient += lines[i].deductible + lines[i].coinsurance;
    }
    put("CLP*PCN%" PRIu64 "*%u*%s*%s*%s*%s*2024%09" PRIu64 "*11*1~", number, 1 + random_below(3), money(charge), money(payment), money(patient), random_below(2) ? "12" : "MC", number);
    put("NM1*QC*1*%s*%s*%c***MI*M%08u~", PICK(last_names), PICK(first_names), 'A' + (int)random_below(26), random_below(100000000));
    if (random_below(3) == 0)
        put("NM1*82*1*%s*%s****XX*1234567893~", PICK(last_names), PICK(first_names));
    if (random_below(5) == 0)
        put("MOA***MA01~");
    if (random_below(2) == 0)
        put("REF*EA*%08u~", random_below(100000000));
    put("DTM*232*%s~", date());
    put("DTM*050*%s~", date());
    for (unsigned i = 0; i < count; i++)
        put_service(&lines[i], i + 1);
    return payment;
}

/* The claims are made twice from the same seed: first unseen, for the sum that the header must name. */
static void put_head(uint64_t number, int64_t payment)
{
    segments = 0;
    put("ST*835*%04" PRIu64 "~", number);
    put("BPR*I*%s*C*ACH*CCP*01*999999992*DA*123456*1512345678**01*999988880*DA*98765*%s~", money(payment), "20240131");
    put("TRN*1*%012" PRIu64 "*1512345678~", number);
    put("DTM*405*20240131~");
    put("N1*PR*EXAMPLE HEALTH PLAN*XV*12345~");
    put("N3*1 PLAN PLAZA~");
    put("N4*SPRINGFIELD*IL*62701~");
    put("PER*BL*PROVIDER SERVICES*TE*8005550100*UR*WWW.EXAMPLE.COM~");
    put("N1*PE*EXAMPLE CLINIC*XX*1234567893~");
    put("REF*TJ*123456789~");
}

static uint64_t put_transaction(uint64_t number, uint64_t claims, int64_t payment)
{
    put_head(number, payment);
    for (uint64_t i = 0; i < claims; i++) {
        if (i % 1000 == 0)
            put("LX*%" PRIu64 "~", i / 1000 + 1);
        put_claim(number * 1000 + i);
    }
    put("SE*%u*%04" PRIu64 "~", segments + 1, number);
    return written;
}

/* What `claims` claims from here on pay, and how many fit into `size` bytes. */
static int64_t rehearse(uint64_t number, uint64_t *claims, uint64_t size)
{
    FILE *real = output, *nowhere = fopen("/dev/null", "w");
    uint64_t saved_state = state, saved_written = written, made = 0;
    int64_t payment = 0;
    if (nowhere == NULL) {
        perror("generate: /dev/null");
        exit(3);
    }
    output = nowhere;
    while ((*claims == 0 && written - saved_written < size) || made < *claims)
        payment += put_claim(number * 1000 + made++);
    fclose(nowhere);
    output = real;
    *claims = made;
    state = saved_state;
    written = saved_written;
    return payment;
}

int main(int argc, char **argv)
{
    uint64_t size = argc > 1 ? strtoull(argv[1], NULL, 10) : 0, number = 0;
    bool one = argc > 2 && strcmp(argv[2], "one") == 0;
    if (size == 0) {
        fputs("usage: generate SIZE [one|many] > FILE    (SIZE in bytes; one huge transaction, or many)\n", stderr);
        return 2;
    }
    output = stdout;
    put("ISA*00*          *00*          *ZZ*EXAMPLEPLAN    *ZZ*EXAMPLECLINIC  *240131*1015*^*00501*000000001*0*T*:~");
    put("GS*HP*EXAMPLEPLAN*EXAMPLECLINIC*20240131*1015*1*X*005010X221A1~");
    while (number == 0 || (!one && written < size)) {
        uint64_t claims = one ? 0 : 1 + random_below(400);
        int64_t payment = rehearse(++number, &claims, size);
        put_transaction(number, claims, payment);
    }
    put("GE*%" PRIu64 "*1~", number);
    put("IEA*1*000000001~");
    return fflush(output) == 0 ? 0 : 4;
}
