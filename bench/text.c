/* The text of generated files: segments, and what stands in them. */
#include "generate.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static struct {
    uint64_t random, bytes;
    unsigned segments; /* of the open transaction */
    bool unseen;
} now = {.random = 0x9E3779B97F4A7C15u}, before;

uint32_t random_below(uint32_t limit)
{
    now.random ^= now.random << 13;
    now.random ^= now.random >> 7;
    now.random ^= now.random << 17;
    return (uint32_t)((now.random >> 32) % limit);
}

void put(const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof text)
        abort();
    if (!now.unseen && (fwrite(text, 1, (size_t)length, stdout) != (size_t)length || fputs("~\n", stdout) == EOF)) {
        perror("generate");
        exit(4);
    }
    now.bytes += (uint64_t)length + 2;
    now.segments++;
}

void begin_transaction(const char *code, const char *guide, uint64_t number)
{
    now.segments = 0;
    put("ST*%s*%04" PRIu64 "%s%s", code, number, guide ? "*" : "", guide ? guide : "");
}

void end_transaction(uint64_t number)
{
    put("SE*%u*%04" PRIu64, now.segments + 1, number);
}

uint64_t written(void)
{
    return now.bytes;
}

void begin_rehearsal(void)
{
    before = now;
    now.unseen = true;
}

void end_rehearsal(void)
{
    now = before;
}

const char *last_name(void)
{
    static const char *const names[] = {"DOE", "SAMPLE", "EXAMPLE", "TESTER", "O'MARA", "LONGERNAME-SMYTHE", "NGUYEN", "GARCIA"};
    return PICK(names);
}

const char *first_name(void)
{
    static const char *const names[] = {"JANE", "JOHN", "ALEX", "MARIA", "SAM", "CHRISTOPHER"};
    return PICK(names);
}

const char *npi(void)
{
    static const char *const npis[] = {"1234567893", "1999999984", "1888888884", "1777777776", "1555555550"};
    return PICK(npis);
}

const char *money(int64_t cents)
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

const char *date(void)
{
    static char texts[4][12];
    static unsigned turn;
    char *text = texts[turn++ % 4];
    snprintf(text, 12, "2024%02u%02u", 1 + random_below(12), 1 + random_below(28));
    return text;
}

void put_address(void)
{
    static const char *const streets[] = {"OAK LANE", "ELM COURT", "MAPLE STREET", "OLD MILL ROAD NORTHWEST"};
    static const char *const places[] = {"SPRINGFIELD*IL*627010001", "LAKESIDE*OH*440990002", "COLUMBUS*OH*432150001", "EAST EXAMPLEVILLE*NY*100010003"};
    put("N3*%u %s%s", 1 + random_below(2000), PICK(streets), one_in(5) ? "*SUITE 2" : "");
    put("N4*%s", PICK(places));
}

service new_service(void)
{
    service line = {.charge = 1000 + random_below(90000)};
    line.contractual = random_below((uint32_t)line.charge / 2);
    if (one_in(3))
        line.deductible = random_below((uint32_t)(line.charge - line.contractual));
    if (one_in(2))
        line.coinsurance = (line.charge - line.contractual - line.deductible) / 5;
    return line;
}

unsigned new_services(service lines[MOST_SERVICES])
{
    unsigned count = 1 + random_below(one_in(4) ? MOST_SERVICES : 4);
    for (unsigned i = 0; i < count; i++)
        lines[i] = new_service();
    return count;
}

int64_t charge_of(const service *line)
{
    return line->charge;
}

int64_t patient_share(const service *line)
{
    return line->deductible + line->coinsurance;
}

int64_t paid(const service *line)
{
    return line->charge - line->contractual - patient_share(line);
}

int64_t total(const service *lines, unsigned count, int64_t (*amount)(const service *line))
{
    int64_t sum = 0;
    for (unsigned i = 0; i < count; i++)
        sum += amount(&lines[i]);
    return sum;
}

void put_adjustments(const service *line)
{
    if (line->contractual != 0)
        put("CAS*CO*45*%s", money(line->contractual));
    if (line->deductible != 0 && line->coinsurance != 0)
        put("CAS*PR*1*%s**2*%s", money(line->deductible), money(line->coinsurance));
    else if (patient_share(line) != 0)
        put("CAS*PR*%s*%s", line->deductible ? "1" : "2", money(patient_share(line)));
}
