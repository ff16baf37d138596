/* The guide compiler: writers over a guide that was read. */
#ifndef REMEDI_GUIDEC_H
#define REMEDI_GUIDEC_H

#include "base/buffer.h"
#include "guide/guide_model.h"

enum { GC_MAXIMUM_CONTEXT = 12 };

/* A C struct of the generated header: a loop's, a segment's, a composite's or a run item's. */
typedef struct gc_struct {
    const char *base;      /* snake_case of its singular name */
    char *contexts[GC_MAXIMUM_CONTEXT]; /* snake_case of what it first stands in, the innermost first */
    unsigned context_count;
    char *signature;       /* its members, with those of their structs */
    char *name;            /* "x12_835_claim", settled when all are known */
    const x12i_gloop *loop;   /* one of these three says what it is */
    const x12i_gparts *parts;
    const x12i_grun *run;     /* with `parts` */
    bool segment;          /* parts of a segment that has a struct of its own */
    const struct gc_struct *twin; /* the struct that is declared for it */
} gc_struct;

typedef struct gc_types {
    const x12i_gguide *guide;
    gc_struct **items;     /* inner ones before those that hold them */
    size_t count;
} gc_types;

/* Finds all structs of a guide and names them. False, with a message on stderr, where names clash. */
bool gc_find_types(gc_types *types, const x12i_gguide *guide);
const char *gc_type_name(const gc_types *types, const x12i_gloop *loop, const x12i_gparts *parts, const x12i_grun *run);

/* What is written. */
void gc_write_header(x12i_buffer *out, const gc_types *types);
void gc_write_tables(x12i_buffer *out, const gc_types *types);
void gc_write_dump(x12i_buffer *out, const x12i_gguide *guide);
void gc_write_reference(x12i_buffer *out, const x12i_gguide *guide);
void gc_write_index(x12i_buffer *out, const x12i_gguide *const *guides, size_t count);

/* The code sets of all `sources`. False, and said on stderr with file and line, where they are not right. */
bool gc_write_codes(x12i_buffer *out, const x12i_guide_source *sources, size_t count);

/* next[] and the symbols: the part of the tables that places segments. */
void gc_write_placement(x12i_buffer *out, const x12i_gguide *guide);

/* "patientControlNumber" to "patient_control_number", appended. */
void gc_add_snake(x12i_buffer *out, const char *camel);
char *gc_snake(const char *camel);
/* The member that holds an inline slot's segment: "clp_segment", "ref_ev_segment". */
char *gc_segment_member(const x12i_gloop *loop, const x12i_gslot *slot);
/* "CLP", or "REF*EV" where two inline slots of the loop share an id. */
char *gc_note(const x12i_gloop *loop, const x12i_gslot *slot);
void gc_add(x12i_buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *gc_text(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "x12_interchange" for the envelope, "x12_835_claim" for all others: what stands before a type's own name. */
char *gc_prefix(const x12i_gguide *guide);

#endif
