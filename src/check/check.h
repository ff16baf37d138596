/* A check from inside: its state, and what its files share. */
#ifndef REMEDI_CHECK_CHECK_H
#define REMEDI_CHECK_CHECK_H

#include "base/text_set.h"
#include "check/rules.h"
#include "diagnostic/diagnostic.h"
#include "model/flaws.h"
#include "model/structure.h"
#include <remedi/codes.h>
#include <remedi/check.h>

enum { X12I_COUNTED_SLOTS = 64, X12I_FIRST_RULE = 6000, X12I_RULE_CODES = 1000 };

/* A loop that is handed out in parts: how many it has had of each segment and loop within it. */
typedef struct x12i_open_loop {
    const x12_loop_type *type;
    uint32_t told_before; /* what `told` was when it began */
    uint32_t counts[X12I_COUNTED_SLOTS];
} x12i_open_loop;

/* A hierarchical level that is open. */
typedef struct x12i_open_level {
    const x12_loop_type *type;
    x12_position position; /* of its HL04 */
    bool told;             /* HL04 says whether it has children, and might say otherwise */
    bool says_children;
    bool has_children;
} x12i_open_level;

/* A code that waits for the date of service, of which the segment at hand is `segment`. */
typedef struct x12i_waiting_code {
    const x12_code_set *set;
    x12_text code;
    x12_position position;
    uint32_t day; /* CCYYMMDD; 0: none came yet */
} x12i_waiting_code;

enum { X12I_KNOWN_LISTS = 256, X12I_KNOWN_CODES = 1024 }; /* powers of two */

/* What was looked up, and what for. */
typedef struct x12i_known {
    const void *asked; /* a list of the guide, or a set; NULL: nothing yet */
    uint64_t of;       /* with the value that decides, or the code */
    bool answered;
    x12_code_state state;
    const x12_code_set *set;
} x12i_known;

/* A part of a segment; 0: as in x12_position. */
typedef struct x12i_spot {
    uint8_t element, component;
    uint16_t repetition;
} x12i_spot;

struct x12_check {
    x12_check_options options;
    x12_reader *reader;
    x12_status status;
    x12_arena *arena; /* of what is kept to the end */

    /* the segment at hand */
    const x12i_slot *slot; /* NULL: it has no place */
    const x12i_tokens *tokens;
    const x12i_delimiters *delimiters;
    const x12_segment *segment;
    const x12_loop_type *type; /* of its loop */
    x12i_spot spot;        /* the part of it that is at hand */
    bool plain;  /* it holds nothing but printable ASCII, as far as that was seen */
    const char *surplus; /* in a loop that is one too many: the segment that opened it. That is said, and what else may be wrong with it is not */
    uint32_t raised; /* findings about its elements so far, told or not */
    bool loose;  /* of a kind that the guide does not know: what it must hold is not known either */
    bool blanks; /* some stand in front of a segment of this interchange: that is told once */
    bool faulty; /* an element is missing: that the segment is empty says nothing new */

    x12_position other_version; /* ISA12 is a version that no guide has, and its group has not come yet; segment NULL: it is none */
    char group_version[16]; /* GS08; empty: none, or too long for one of ours */
    bool borrowed;          /* the transaction names a guide that is none of ours: what the nearest one says of it counts little */

    x12i_open_loop loops[X12I_MAXIMUM_DEPTH];
    unsigned loop_count;
    x12i_open_level levels[X12I_MAXIMUM_DEPTH];
    unsigned level_count;
    uint64_t level_number; /* of the last HL of the transaction */
    bool orphans;          /* there are such levels in the transaction: what others lack may be theirs */
    x12i_guide_rules *known_rules; /* of the guides met so far */
    const x12i_guide_rules *rules; /* of the transaction's */
    uint32_t told;                 /* how many findings the rules have made */
    uint32_t told_at[X12I_RULE_CODES]; /* which of them was the last of a code, by code - X12I_FIRST_RULE; 0: none */
    x12i_evaluation evaluation;
    const x12_decimal *difference; /* of the balance that a finding is told of; NULL: none */
    const x12_position *trigger;   /* of the rule likewise */

    x12i_buffer waiting; /* x12i_waiting_code: of this event */
    uint32_t last_day;   /* the last date of service in it */
    bool coded;          /* code sets are looked into */
    bool dated;          /* there are publications, which are asked as of a day */
    x12i_known known_lists[X12I_KNOWN_LISTS];
    x12i_known known_codes[X12I_KNOWN_CODES];

    uint64_t answered_group, answered_transaction; /* facts of what was sent; 0: none is known */
    bool untold; /* that not all was kept of it is told once */

    x12i_text_set interchange_numbers, group_numbers, transaction_numbers;
};

/* A finding, unless its level is not asked for. */
void x12i_check_raise(x12_check *check, x12_finding_code code, const x12_position *position);
/* Where `segment` stands, which lies in a loop of `type`. */
x12_position x12i_check_position(const x12_segment *segment, const x12_loop_type *type, const char *id);
/* Of what the slot should hold and does not. */
x12_position x12i_check_missing(const x12_segment *segment, const x12_loop_type *type, const x12i_slot *slot);

/* elements.c: the segment at hand, element by element */
void x12i_check_elements(x12_check *check);

/* What says where, in the segment at hand: element or component `part`. */
static inline void x12i_check_at(x12_check *check, unsigned part, bool components)
{
    if (components)
        check->spot.component = (uint8_t)part;
    else
        check->spot = (x12i_spot){.element = (uint8_t)part};
}
/* X12's number of a part of a segment with these; NULL: none. */
const char *x12i_data_element(const x12i_parts *parts, unsigned element, unsigned component);
/* Where that part stands, and a finding about it. */
x12_position x12i_check_here(const x12_check *check);
void x12i_check_raise_here(x12_check *check, x12_finding_code code);

/* conditions.c: which elements or components go together; bit n of `sent`, and of `told` (missing, as was said already), stands for part n + 1, as
   does values[n] where it was sent. What is told of now, too. */
uint64_t x12i_check_conditions(x12_check *check, const x12i_parts *parts, uint64_t sent, const x12_text *values, uint64_t told, bool components);

/* structure.c: what a loop lacks, or has too often */
void x12i_check_structure(x12_check *check, const x12_event *event);

/* rules.c: the rules of a loop that is whole, where `told_before` is what `told` was when it began, and what they sum up over the loops that come one by one */
void x12i_check_rules(x12_check *check, const x12_loop *loop, uint32_t told_before);
void x12i_check_gather(x12_check *check, const x12_event *event);

/* code_lists.c: code sets outside of the guides. `decider` is the value that says which, where several may stand. */
void x12i_check_code(x12_check *check, const x12i_field *field, x12_text code, x12_text decider);
/* A date may be that of the service, for the codes around it. */
void x12i_check_service_date(x12_check *check);
/* The codes that waited for their date. */
void x12i_check_waiting_codes(x12_check *check);

/* levels.c: the numbers of hierarchical levels */
void x12i_check_level(x12_check *check, const x12_loop_type *type);
void x12i_check_levels_end(x12_check *check);

/* answers.c: whether the segment at hand repeats what was sent */
void x12i_check_answer(x12_check *check);

/* envelope.c: control numbers, delimiters, and what belongs into which group */
void x12i_check_envelope(x12_check *check, const x12_event *event);
/* The group has come, or the interchange ends without one: was ISA12 wrong? */
void x12i_check_version(x12_check *check);
/* The ST of a transaction without guide. */
void x12i_check_unnamed(x12_check *check, const x12_segment *header, const x12_loop_type *type);

#endif
