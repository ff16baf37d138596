#include "convert/json_schema.h"

void x12i_schema_open_in(x12i_schema *s, const char *name, char bracket)
{
    s->out = x12i_json_put_name(&s->json, s->out, name);
    s->out = x12i_json_open(&s->json, s->out, bracket);
}

void x12i_schema_open_item(x12i_schema *s)
{
    s->out = x12i_json_open(&s->json, s->out, '{');
}

void x12i_schema_close_in(x12i_schema *s, char bracket)
{
    s->out = x12i_json_close(&s->json, s->out, bracket);
}

void x12i_schema_put(x12i_schema *s, const char *name, const char *value)
{
    s->out = x12i_json_put_named(&s->json, s->out, name, x12i_string_text(value));
}

void x12i_schema_put_word(x12i_schema *s, const char *name, const char *word)
{
    s->out = x12i_json_put_name(&s->json, s->out, name);
    s->out = x12i_json_room(&s->json, s->out);
    for (; *word != '\0'; word++)
        *s->out++ = *word;
    *s->out++ = ',';
}

void x12i_schema_put_reference(x12i_schema *s, const char *name)
{
    char text[128] = "#/$defs/";
    strncat(text, name, sizeof text - strlen(text) - 1);
    x12i_schema_put(s, "$ref", text);
}

void x12i_schema_put_referring(x12i_schema *s, const char *name, const char *definition)
{
    x12i_schema_open_in(s, name, '{');
    x12i_schema_put_reference(s, definition);
    x12i_schema_close_in(s, '}');
}

void x12i_schema_put_constant(x12i_schema *s, const char *name, const char *value)
{
    x12i_schema_open_in(s, name, '{');
    x12i_schema_put(s, "const", value);
    x12i_schema_close_in(s, '}');
}

void x12i_schema_put_typed(x12i_schema *s, const char *name, const char *type)
{
    x12i_schema_open_in(s, name, '{');
    x12i_schema_put(s, "type", type);
    x12i_schema_close_in(s, '}');
}

void x12i_schema_put_true(x12i_schema *s, const char *name)
{
    x12i_schema_open_in(s, name, '{');
    s->out = x12i_json_put_true(&s->json, s->out, "const");
    x12i_schema_close_in(s, '}');
}

void x12i_schema_put_count(x12i_schema *s, const char *name)
{
    x12i_schema_open_in(s, name, '{');
    x12i_schema_put(s, "type", "string");
    x12i_schema_put(s, "pattern", "^[0-9]+$");
    x12i_schema_close_in(s, '}');
}

/* An object that has no other members than those that follow. */
void x12i_schema_open_object(x12i_schema *s)
{
    x12i_schema_put(s, "type", "object");
    x12i_schema_put_word(s, "additionalProperties", "false");
    x12i_schema_open_in(s, "properties", '{');
}

void x12i_schema_close_object(x12i_schema *s)
{
    x12i_schema_close_in(s, '}');
}

void x12i_schema_open_list(x12i_schema *s, const char *name)
{
    x12i_schema_open_in(s, name, '{');
    x12i_schema_put(s, "type", "array");
    x12i_schema_put_word(s, "minItems", "1");
    x12i_schema_open_in(s, "items", '{');
}

void x12i_schema_close_list(x12i_schema *s)
{
    x12i_schema_close_in(s, '}');
    x12i_schema_close_in(s, '}');
}

void x12i_schema_put_list_of(x12i_schema *s, const char *name, const char *definition)
{
    x12i_schema_open_list(s, name);
    x12i_schema_put_reference(s, definition);
    x12i_schema_close_list(s);
}

void x12i_schema_put_required(x12i_schema *s, const char *const *names, size_t count)
{
    x12i_schema_open_in(s, "required", '[');
    for (size_t i = 0; i < count; i++)
        s->out = x12i_json_put_text(&s->json, s->out, x12i_string_text(names[i]));
    x12i_schema_close_in(s, ']');
}
