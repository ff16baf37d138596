#include "check/check.h"
#include "model/placement.h"

static bool is_number(x12_text text, uint64_t *number)
{
    *number = 0;
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || *number > UINT64_MAX / 10 - 9)
            return false;
        *number = *number * 10 + (uint64_t)(text.data[i] - '0');
    }
    return text.length != 0;
}

static x12_position element_position(x12_check *check, unsigned element)
{
    x12i_check_at(check, element, false);
    return x12i_check_here(check);
}

/* After a wrong number the next ones are counted from it: one mistake, one finding. */
static void check_number(x12_check *check)
{
    uint64_t number;
    x12_text text = x12i_part_of(check->tokens, check->delimiters, 1, 0);
    check->level_number++;
    if (text.length == 0)
        return;
    bool readable = is_number(text, &number);
    if (!readable || number != check->level_number) {
        x12_position position = element_position(check, 1);
        x12i_check_raise(check, X12_FINDING_LEVEL_NUMBER, &position);
    }
    if (readable)
        check->level_number = number;
}

static const x12_loop_type *level_around(const x12_loop_type *type)
{
    for (type = type->parent; type != NULL && !type->level;)
        type = type->parent;
    return type;
}

/* A level that names a false parent may be anybody's child. */
static void close_level(x12_check *check)
{
    const x12i_open_level *level = &check->levels[--check->level_count];
    if (level->told && level->says_children != level->has_children && !check->orphans)
        x12i_check_raise(check, X12_FINDING_LEVEL_CHILDREN, &level->position);
}

void x12i_check_levels_end(x12_check *check)
{
    while (check->level_count > 0)
        close_level(check);
    check->level_number = 0;
    check->orphans = false;
}

/* HL04 is checked where the guide leaves it open. */
static void open_level(x12_check *check, const x12_loop_type *type)
{
    const x12i_field *field = &check->slot->parts->fields[3];
    x12_text says = x12i_part_of(check->tokens, check->delimiters, 4, 0);
    bool told = says.length == 1 && (*says.data == '0' || *says.data == '1') && field->shape == X12I_VALUE && x12i_is_listed(field, says);
    check->levels[check->level_count++] = (x12i_open_level){type, element_position(check, 4), told, told && *says.data == '1', false};
}

void x12i_check_level(x12_check *check, const x12_loop_type *type)
{
    const x12_loop_type *around = level_around(type);
    if (check->slot->parts->field_count < 4)
        return;
    check_number(check);
    while (check->level_count > 0 && check->levels[check->level_count - 1].type != around)
        close_level(check);
    if (check->level_count > 0)
        check->levels[check->level_count - 1].has_children = true;
    if (check->level_count < X12I_MAXIMUM_DEPTH)
        open_level(check, type);
}
