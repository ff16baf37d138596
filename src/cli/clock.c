#include "cli/clock.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The number that the next `digits` characters write, which move on; -1 where they are no digits. */
static int take_digits(const char **text, int digits)
{
    int number = 0;
    for (; digits > 0; digits--, (*text)++) {
        if (**text < '0' || **text > '9')
            return -1;
        number = 10 * number + (**text - '0');
    }
    return number;
}

static bool take(const char **text, char expected)
{
    bool there = **text == expected;
    *text += there;
    return there;
}

/* Days from 1970-01-01, counted in years that begin in March. */
static int64_t days_since_1970(int year, int month, int day)
{
    int64_t march_year = month > 2 ? year : year - 1, months = month > 2 ? month - 3 : month + 9;
    return 365 * march_year + march_year / 4 - march_year / 100 + march_year / 400 + (153 * months + 2) / 5 + day - 719469;
}

static bool is_real_day(int year, int month, int day)
{
    static const int days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days[month] + (month == 2 && leap);
}

static bool parse(const char *text, int64_t *seconds)
{
    int hour = 0, minute = 0, year = take_digits(&text, 4);
    if (year < 0 || !take(&text, '-'))
        return false;
    int month = take_digits(&text, 2);
    if (month < 0 || !take(&text, '-'))
        return false;
    int day = take_digits(&text, 2);
    if (day < 0 || !is_real_day(year, month, day))
        return false;
    if (take(&text, 'T')) {
        hour = take_digits(&text, 2);
        minute = hour >= 0 && take(&text, ':') ? take_digits(&text, 2) : -1;
    }
    *seconds = days_since_1970(year, month, day) * 86400 + hour * 3600 + minute * 60;
    return *text == '\0' && hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
}

static bool parse_epoch(const char *text, int64_t *seconds)
{
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    *seconds = number;
    return *text != '\0' && *end == '\0' && errno == 0 && number >= 0;
}

bool cli_choose_date(const char *option, int64_t *seconds)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    bool chosen = true;
    if (option != NULL)
        chosen = parse(option, seconds);
    else if (epoch != NULL)
        chosen = parse_epoch(epoch, seconds);
    else
        *seconds = (int64_t)time(NULL);
    if (!chosen)
        fputs(option ? "remedi: --date needs YYYY-MM-DD or YYYY-MM-DDTHH:MM\n" : "remedi: SOURCE_DATE_EPOCH is not a number of seconds\n", stderr);
    return chosen;
}
