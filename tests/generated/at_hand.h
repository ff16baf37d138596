/* Which generated transaction is at hand: tests give up by abort(), and then it has to be said where. */
#ifndef TESTS_GENERATED_AT_HAND_H
#define TESTS_GENERATED_AT_HAND_H

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static const char *guide_at_hand;
static unsigned long long seed_at_hand;

static void say_where(int number)
{
    char text[120];
    int length = snprintf(text, sizeof text, "not ok - guide %s, seed %llu\nBail out!\n", guide_at_hand, seed_at_hand);
    if (write(STDOUT_FILENO, text, (size_t)length) < 0)
        _exit(2);
    _exit(number == SIGABRT ? 1 : 3);
}

static inline void say_where_it_fails(void)
{
    signal(SIGABRT, say_where);
    signal(SIGSEGV, say_where);
}

#endif
