/* What the generators of all kinds of files share. */
#ifndef BENCH_GENERATE_H
#define BENCH_GENERATE_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>

/* A kind of file, and how one of its transactions is made: of about `size` bytes, ST to SE. */
typedef struct file_kind {
    const char *name;
    const char *group; /* GS01 */
    const char *guide; /* GS08 */
    void (*put_transaction)(uint64_t number, uint64_t size);
} file_kind;

extern const file_kind remittance, professional_claims, institutional_claims, eligibility_answers;

/* --- text out --- */

/* A segment, its id and elements as they are written, without terminator. */
void put(const char *format, ...) __attribute__((format(printf, 1, 2)));
void begin_transaction(const char *code, const char *guide, uint64_t number);
void end_transaction(uint64_t number);
/* Bytes so far. */
uint64_t written(void);
/* Between these two nothing is written, and in the end everything is as it was before, the next random numbers too. */
void begin_rehearsal(void);
void end_rehearsal(void);

/* --- what stands in it --- */

uint32_t random_below(uint32_t limit);
static inline bool one_in(uint32_t count)
{
    return random_below(count) == 0;
}
#define PICK(list) list[random_below(sizeof list / sizeof *list)]

const char *last_name(void);
const char *first_name(void);
const char *npi(void);
/* Cents as X12 writes them: 150, 150.5, 150.55 */
const char *money(int64_t cents);
/* CCYYMMDD, of 2024 */
const char *date(void);
/* N3 and N4 */
void put_address(void);

/* A service line: what was charged, and how it was met. */
typedef struct service {
    int64_t charge, contractual, deductible, coinsurance;
} service;

service new_service(void);
int64_t paid(const service *line);
int64_t patient_share(const service *line);
/* Its CAS segments. */
void put_adjustments(const service *line);
/* The lines of a claim, all new: returns how many. */
enum { MOST_SERVICES = 12 };
unsigned new_services(service lines[MOST_SERVICES]);
/* The sum of one of these over all lines. */
int64_t charge_of(const service *line);
int64_t total(const service *lines, unsigned count, int64_t (*amount)(const service *line));

#endif
