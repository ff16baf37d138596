/* claims FILE: every claim of an 835 with its adjustments, and the totals, exact to the last cent.
   cc -o claims claims.c $(pkg-config --cflags --libs libremedi) */
#include <remedi/remedi.h>
#include <stdio.h>
#include <string.h>

typedef struct totals {
    x12_decimal charged, adjusted, paid;
} totals;

static ptrdiff_t read_file(void *file, void *buffer, size_t size)
{
    size_t taken = fread(buffer, 1, size, file);
    return taken == 0 && ferror((FILE *)file) ? -1 : (ptrdiff_t)taken;
}

static void add(x12_decimal *total, const x12_decimal *amount)
{
    if (x12_decimal_add(total, total, amount) != X12_OK)
        fputs("an amount is missing, or no number: the totals are without it\n", stderr);
}

static void show_adjustment(x12_text group, const x12_835_adjustment_reason_list *reasons, totals *all)
{
    for (size_t i = 0; i < reasons->count; i++) {
        const x12_835_adjustment_reason *reason = &reasons->items[i];
        printf("  %.*s-%.*s %.*s\n", X12_PRINT(group), X12_PRINT(reason->code), X12_PRINT(reason->amount));
        add(&all->adjusted, &reason->amount);
    }
}

static void show_claim(const x12_835_claim *claim, totals *all)
{
    printf("%.*s charged %.*s, paid %.*s\n", X12_PRINT(claim->patient_control_number), X12_PRINT(claim->charge_amount), X12_PRINT(claim->paid_amount));
    for (size_t i = 0; i < claim->adjustments.count; i++)
        show_adjustment(claim->adjustments.items[i].group_code, &claim->adjustments.items[i].reasons, all);
    for (size_t i = 0; i < claim->services.count; i++) {
        const x12_835_service_adjustment_list *adjustments = &claim->services.items[i].adjustments;
        for (size_t j = 0; j < adjustments->count; j++)
            show_adjustment(adjustments->items[j].group_code, &adjustments->items[j].reasons, all);
    }
    add(&all->charged, &claim->charge_amount);
    add(&all->paid, &claim->paid_amount);
}

static bool is_remittance_claim(const x12_event *event)
{
    return event->kind == X12_RECORD && strcmp(x12_loop_guide(event->loop->type), X12_835_GUIDE) == 0;
}

static void show_total(const char *name, const x12_decimal *total)
{
    char text[X12_DECIMAL_SIZE];
    x12_decimal_format(total, text);
    printf("%s %s\n", name, text);
}

int main(int argc, char **argv)
{
    const x12_decimal zero = x12_decimal_make(0, 0);
    totals all = {zero, zero, zero};
    x12_reader *reader = NULL;
    x12_event event;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    x12_status status = file == NULL ? X12_ERROR_INPUT : x12_reader_open(&reader, (x12_input){file, read_file}, NULL);
    while (status == X12_OK && (status = x12_reader_next(reader, &event)) == X12_OK)
        if (is_remittance_claim(&event))
            show_claim((const x12_835_claim *)event.loop, &all);
    if (status == X12_END) {
        show_total("charged", &all.charged);
        show_total("adjusted", &all.adjusted);
        show_total("paid", &all.paid);
    } else {
        fprintf(stderr, "claims: %s\n", x12_status_text(status));
    }
    x12_reader_free(reader);
    if (file != NULL)
        fclose(file);
    return status == X12_END ? 0 : 1;
}
