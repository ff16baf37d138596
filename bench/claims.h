/* What professional and institutional claims have in common: everything around the claim. */
#ifndef BENCH_CLAIMS_H
#define BENCH_CLAIMS_H

#include "generate.h"

typedef struct claim_kind {
    const char *guide;
    const char *taxonomy;
    void (*put_claim)(uint64_t number, bool secondary);
} claim_kind;

/* A transaction with claims of this kind, of about `size` bytes: providers, their subscribers, and those who are insured with them. */
void put_claims(const claim_kind *kind, uint64_t number, uint64_t size);

/* 2310: one person, by role and NPI. */
void put_person(const char *role);
/* 2320: another payer has paid first. */
void put_first_payer(const service *lines, unsigned count);
/* 2430: what that payer made of one line. `procedure` is SVD03, `revenue` SVD04 or empty. */
void put_first_payer_line(const service *line, const char *procedure, const char *revenue, unsigned units);

#endif
