/* Dates, times and periods: columns of digits, and their ISO 8601 spelling. */
#include "base/value.h"
#include "base/text.h"
#include <string.h>

/* Eight at once: each byte has the upper half of a digit, and still has it when 6 is added. */
static bool eight_digits(const char *data)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t bytes;
    memcpy(&bytes, data, sizeof bytes);
    return (bytes & (ones * 0xf0)) == ones * 0x30 && ((bytes + ones * 6) & (ones * 0xf0)) == ones * 0x30;
}

static bool all_digits(const char *data, uint32_t length)
{
    if (length == 8)
        return eight_digits(data);
    for (uint32_t i = 0; i < length; i++)
        if ((unsigned char)(data[i] - '0') > 9)
            return false;
    return true;
}

static unsigned pair(const char *digits)
{
    return (unsigned)(digits[0] - '0') * 10 + (unsigned)(digits[1] - '0');
}

static unsigned days_in(unsigned year, unsigned month)
{
    static const unsigned char days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month] + (month == 2 && leap ? 1u : 0u);
}

/* CCYYMMDD of a real day. */
static bool read_day(const char *digits, int16_t *year, uint8_t *month, uint8_t *day)
{
    unsigned y = pair(digits) * 100 + pair(digits + 2), m = pair(digits + 4), d = pair(digits + 6);
    if (m < 1 || m > 12 || d < 1 || (d > 28 && d > days_in(y, m)))
        return false;
    *year = (int16_t)y;
    *month = (uint8_t)m;
    *day = (uint8_t)d;
    return true;
}

static bool is_clock(const char *digits, uint32_t length)
{
    return pair(digits) < 24 && pair(digits + 2) < 60 && (length < 6 || pair(digits + 4) < 60);
}

void x12i_date_read(x12_date *date)
{
    char digits[8];
    date->month = date->day = 0;
    date->year = 0;
    if (date->length == 8) {
        memcpy(digits, date->data, 8);
    } else if (date->length == 6) {
        memcpy(digits, date->data[0] < '7' ? "20" : "19", 2);
        memcpy(digits + 2, date->data, 6);
    } else {
        return;
    }
    if (eight_digits(digits))
        read_day(digits, &date->year, &date->month, &date->day);
}

void x12i_time_read(x12_time *time)
{
    uint32_t length = time->length;
    time->valid = (length == 4 || (length >= 6 && length <= 8)) && all_digits(time->data, length) && is_clock(time->data, length);
    time->hour = (uint8_t)(time->valid ? pair(time->data) : 0);
    time->minute = (uint8_t)(time->valid ? pair(time->data + 2) : 0);
    time->second = (uint8_t)(time->valid && length >= 6 ? pair(time->data + 4) : 0);
}

static x12_period_format format_of(x12_text qualifier)
{
    if (x12i_is_text(qualifier, "D8"))
        return X12_PERIOD_DATE;
    if (x12i_is_text(qualifier, "RD8"))
        return X12_PERIOD_DATE_RANGE;
    if (x12i_is_text(qualifier, "DT"))
        return X12_PERIOD_DATE_TIME;
    return x12i_is_text(qualifier, "TM") ? X12_PERIOD_TIME : X12_PERIOD_TEXT;
}

static bool read_range(x12_period *period)
{
    int16_t year;
    return period->length == 17 && period->data[8] == '-' && all_digits(period->data, 8) && all_digits(period->data + 9, 8) &&
           read_day(period->data, &year, &period->from_month, &period->from_day) && (period->from_year = year, true) &&
           read_day(period->data + 9, &period->to_year, &period->to_month, &period->to_day);
}

static bool read_clock(x12_period *period, uint32_t at)
{
    if (period->length != at + 4 || !all_digits(period->data + at, 4) || !is_clock(period->data + at, 4))
        return false;
    period->hour = (uint8_t)pair(period->data + at);
    period->minute = (uint8_t)pair(period->data + at + 2);
    return true;
}

static bool read_first_day(x12_period *period)
{
    return period->length >= 8 && all_digits(period->data, 8) && read_day(period->data, &period->from_year, &period->from_month, &period->from_day);
}

static bool read_period(x12_period *period, x12_period_format format)
{
    switch (format) {
    case X12_PERIOD_DATE:
        return period->length == 8 && read_first_day(period);
    case X12_PERIOD_DATE_RANGE:
        return read_range(period);
    case X12_PERIOD_DATE_TIME:
        return read_first_day(period) && read_clock(period, 8);
    case X12_PERIOD_TIME:
        return read_clock(period, 0);
    default:
        return false;
    }
}

void x12i_period_read(x12_period *period, x12_text qualifier)
{
    x12_period_format format = format_of(qualifier);
    x12_text text = {period->data, period->length};
    *period = (x12_period){.data = text.data, .length = text.length};
    if (read_period(period, format))
        period->format = (uint8_t)format;
    else
        *period = (x12_period){.data = text.data, .length = text.length};
}

/* --- ISO 8601 --- */

/* Copies `from` to `out`, where `pattern` says what comes next: a digit of `from` for '0', itself for everything else. */
static size_t spell(const char *pattern, const char *from, char *out)
{
    size_t length = 0;
    for (; *pattern != '\0'; pattern++)
        out[length++] = *pattern == '0' ? *from++ : *pattern;
    return length;
}

static const char iso_date[] = "0000-00-00";

/* Every record has dates: what spell would do, at once. */
static size_t spell_date(const char *digits, char *out)
{
    memcpy(out, digits, 4);
    memcpy(out + 5, digits + 4, 2);
    memcpy(out + 8, digits + 6, 2);
    out[4] = out[7] = '-';
    return 10;
}

size_t x12i_date_to_iso(const x12_date *date, char *out)
{
    char digits[8];
    if (date->month == 0)
        return 0;
    if (date->length == 8)
        return spell_date(date->data, out);
    memcpy(digits, date->year < 2000 ? "19" : "20", 2);
    memcpy(digits + 2, date->data, 6);
    return spell_date(digits, out);
}

static const char *const clock_patterns[] = {[4] = "00:00", [6] = "00:00:00", [7] = "00:00:00.0", [8] = "00:00:00.00"};

size_t x12i_time_to_iso(const x12_time *time, char *out)
{
    return time->valid ? spell(clock_patterns[time->length], time->data, out) : 0;
}

size_t x12i_period_to_iso(const x12_period *period, char *out)
{
    switch ((x12_period_format)period->format) {
    case X12_PERIOD_DATE:
        return spell_date(period->data, out);
    case X12_PERIOD_DATE_RANGE:
        spell_date(period->data, out);
        out[10] = '/';
        return 11 + spell_date(period->data + 9, out + 11);
    case X12_PERIOD_DATE_TIME:
        return spell("0000-00-00T00:00", period->data, out);
    case X12_PERIOD_TIME:
        return spell(clock_patterns[4], period->data, out);
    default:
        return 0;
    }
}

/* The digits of `iso` where it has the pattern; 0 where it has not. */
static size_t unspell(const char *pattern, x12_text iso, char *out)
{
    size_t length = 0;
    if (iso.length != strlen(pattern))
        return 0;
    for (uint32_t i = 0; i < iso.length; i++) {
        if (pattern[i] != '0' ? iso.data[i] != pattern[i] : !all_digits(iso.data + i, 1))
            return 0;
        if (pattern[i] == '0')
            out[length++] = iso.data[i];
    }
    return length;
}

size_t x12i_date_from_iso(x12_text iso, unsigned digits, char *out)
{
    char full[8];
    x12_date date = {.data = full, .length = 8};
    if (unspell(iso_date, iso, full) != 8)
        return 0;
    x12i_date_read(&date);
    if (date.month == 0 || (digits == 6 && (date.year < 1970 || date.year > 2069)))
        return 0;
    digits = digits == 6 ? 6 : 8;
    memcpy(out, full + 8 - digits, digits);
    return digits;
}

size_t x12i_time_from_iso(x12_text iso, char *out)
{
    for (unsigned length = 4; length <= 8; length++) {
        if (clock_patterns[length] == NULL || unspell(clock_patterns[length], iso, out) != length)
            continue;
        return is_clock(out, length) ? length : 0;
    }
    return 0;
}

size_t x12i_period_from_iso(x12_text iso, x12_text qualifier, char *out)
{
    size_t length = 0;
    x12_period_format format = format_of(qualifier);
    if (format == X12_PERIOD_DATE)
        length = unspell(iso_date, iso, out);
    else if (format == X12_PERIOD_DATE_TIME)
        length = unspell("0000-00-00T00:00", iso, out);
    else if (format == X12_PERIOD_TIME)
        length = unspell(clock_patterns[4], iso, out);
    else if (format == X12_PERIOD_DATE_RANGE && iso.length == 21 && iso.data[10] == '/') {
        length = unspell(iso_date, (x12_text){iso.data, 10}, out) + 1;
        out[8] = '-';
        length = length == 9 ? length + unspell(iso_date, (x12_text){iso.data + 11, 10}, out + 9) : 0;
        length = length == 17 ? length : 0;
    }
    x12_period period = {.data = out, .length = (uint32_t)length};
    x12i_period_read(&period, qualifier);
    return length != 0 && period.format != X12_PERIOD_TEXT ? length : 0;
}

x12_text x12i_period_guess(x12_text iso)
{
    static const x12_text qualifiers[] = {{"D8", 2}, {"RD8", 3}, {"DT", 2}, {"TM", 2}};
    char out[X12I_ISO_MAX];
    for (size_t i = 0; i < sizeof qualifiers / sizeof *qualifiers; i++)
        if (x12i_period_from_iso(iso, qualifiers[i], out) != 0)
            return qualifiers[i];
    return (x12_text){0};
}

static void spell_number(char *out, int digits, int64_t number)
{
    out[digits] = '\0';
    for (int i = digits - 1; i >= 0; i--, number /= 10)
        out[i] = (char)('0' + number % 10);
}

void x12i_spell_clock(int64_t seconds, char date[9], char time[5])
{
    int64_t days = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    /* the civil calendar, counted in eras of 400 years from 1 March 0000 */
    int64_t shifted = days + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153, day = day_of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    spell_number(date, 8, ((year_of_era + era * 400 + (month <= 2)) * 100 + month) * 100 + day);
    spell_number(time, 4, rest / 3600 * 100 + rest / 60 % 60);
}
