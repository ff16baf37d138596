/* Amounts of the made transaction, in cents. */
#ifndef TESTS_AMOUNTS_H
#define TESTS_AMOUNTS_H

#include "made.h"

static inline long long cents_of(x12_text text)
{
    long long units = 0, cents = 0;
    unsigned decimals = 2;
    bool negative = text.length > 0 && text.data[0] == '-', fraction = false;
    for (uint32_t i = negative; i < text.length; i++) {
        if (text.data[i] == '.')
            fraction = true;
        else if (!fraction)
            units = units * 10 + text.data[i] - '0';
        else if (decimals-- > 0)
            cents = cents * 10 + text.data[i] - '0';
    }
    for (; fraction && decimals > 0; decimals--)
        cents *= 10;
    cents += units * 100;
    return negative ? -cents : cents;
}

static inline long long amount_in(const made *m, const made_segment *segment, unsigned element)
{
    return segment ? cents_of(made_element(m, segment, element, 0)) : 0;
}

void set_amount(made *m, made_segment *segment, unsigned element, long long cents);
void set_number(made *m, made_segment *segment, unsigned element, unsigned component, unsigned long long number);
/* The adjustments (CAS) that stand in the loop itself; of one group where `group` is not NULL. */
long long adjustments_in(const made *m, uint32_t loop, const char *group);

/* settle_*.c: by the kind of transaction. */
struct generator;
void settle_claims(struct generator *g);
void settle_remittance(struct generator *g);
void settle_benefits(struct generator *g);
void settle_claim_acknowledgment(struct generator *g);
void settle_acknowledgment(struct generator *g);

#endif
