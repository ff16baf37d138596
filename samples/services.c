/* services FILE: each claim of an 837P, who asks whom, and its service lines; the total, exact to the cent.
   cc -o services services.c $(pkg-config --cflags --libs libremedi) */
#include <remedi/remedi.h>
#include <stdio.h>
#include <string.h>

static ptrdiff_t read_file(void *file, void *buffer, size_t size)
{
    size_t taken = fread(buffer, 1, size, file);
    return taken == 0 && ferror((FILE *)file) ? -1 : (ptrdiff_t)taken;
}

/* A claim stands below its patient: a dependent of the subscriber, or the subscriber. */
static void show_claim(const x12_837p_claim *claim, x12_decimal *total)
{
    const x12_loop *patient = claim->loop.parent;
    bool is_dependent = strcmp(x12_loop_name(patient->type), "dependent") == 0;
    const x12_837p_subscriber *subscriber = (const x12_837p_subscriber *)(is_dependent ? patient->parent : patient);
    const x12_837p_billing_provider *biller = (const x12_837p_billing_provider *)subscriber->loop.parent;
    printf("%.*s%s", X12_PRINT(claim->patient_control_number), is_dependent ? " for a dependent" : "");
    if (biller->provider != NULL && subscriber->payer != NULL) /* a file that is not right may lack either */
        printf(": %.*s asks %.*s", X12_PRINT(biller->provider->name), X12_PRINT(subscriber->payer->name));
    printf(" for %.*s\n", X12_PRINT(claim->charge_amount));
    for (size_t i = 0; i < claim->services.count; i++) {
        const x12_837p_service *service = &claim->services.items[i];
        printf("  %.*s %.*s x %.*s: %.*s\n", X12_PRINT(service->service_date), X12_PRINT(service->quantity), X12_PRINT(service->procedure.code),
               X12_PRINT(service->charge_amount));
        if (x12_decimal_add(total, total, &service->charge_amount) != X12_OK)
            printf("  its charge is no amount\n");
    }
}

int main(int argc, char **argv)
{
    x12_decimal total = x12_decimal_make(0, 0);
    x12_reader *reader = NULL;
    x12_event event;
    char text[X12_DECIMAL_SIZE];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : stdin;
    x12_status status = file == NULL ? X12_ERROR_INPUT : x12_reader_open(&reader, (x12_input){file, read_file}, NULL);
    while (status == X12_OK && (status = x12_reader_next(reader, &event)) == X12_OK)
        if (event.kind == X12_RECORD && strcmp(x12_loop_guide(event.loop->type), X12_837P_GUIDE) == 0)
            show_claim((const x12_837p_claim *)event.loop, &total);
    x12_decimal_format(&total, text);
    printf("%s in all\n", text);
    if (status != X12_END)
        fprintf(stderr, "services: %s\n", x12_status_text(status));
    x12_reader_free(reader);
    return status == X12_END ? 0 : 1;
}
