/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_schema SCHEMA FILE...: does every line of every file keep to the JSON
 * schema? The keywords that smin.schema.json uses, and no others: an unknown
 * keyword is an error, so that no condition is passed over.
 */
#include <jansson.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const json_t *root;
static const char *place; /* innermost key being looked at, for the complaint */

static bool holds(const json_t *schema, json_t *value, bool quiet);

static bool complain(bool quiet, const char *text, const char *what)
{
    if (!quiet)
        fprintf(stderr, "  at \"%s\": %s%s\n", place ? place : "", text, what);
    return false;
}

static bool has_type(const char *type, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: return strcmp(type, "object") == 0;
    case JSON_ARRAY: return strcmp(type, "array") == 0;
    case JSON_STRING: return strcmp(type, "string") == 0;
    case JSON_INTEGER: return strcmp(type, "integer") == 0 || strcmp(type, "number") == 0;
    case JSON_REAL: return strcmp(type, "number") == 0;
    case JSON_TRUE:
    case JSON_FALSE: return strcmp(type, "boolean") == 0;
    case JSON_NULL: return strcmp(type, "null") == 0;
    }
    return false;
}

static bool in_enum(const json_t *choices, json_t *value)
{
    for (size_t i = 0; i < json_array_size(choices); i++)
        if (json_equal(json_array_get(choices, i), value))
            return true;
    return false;
}

static bool matches(const char *pattern, const json_t *value)
{
    regex_t compiled;
    if (!json_is_string(value))
        return true;
    if (regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    bool found = regexec(&compiled, json_string_value(value), 0, NULL, 0) == 0;
    regfree(&compiled);
    return found;
}

static const json_t *resolve(const char *reference)
{
    static const char prefix[] = "#/$defs/";
    if (strncmp(reference, prefix, sizeof(prefix) - 1) != 0)
        return NULL;
    return json_object_get(json_object_get(root, "$defs"), reference + sizeof(prefix) - 1);
}

static bool members_hold(const json_t *schema, json_t *value, bool quiet)
{
    const json_t *properties = json_object_get(schema, "properties");
    const json_t *others = json_object_get(schema, "additionalProperties");
    const char *key;
    json_t *member;
    if (!json_is_object(value))
        return true;
    json_object_foreach(value, key, member) {
        const json_t *own = json_object_get(properties, key);
        const char *outer = place;
        place = key;
        if (!own && json_is_false(others))
            return complain(quiet, "a member the schema does not know: ", key);
        if (!own && json_is_object(others))
            own = others;
        if (own && !holds(own, member, quiet))
            return false;
        place = outer;
    }
    return true;
}

static bool required_hold(const json_t *names, const json_t *value, bool quiet)
{
    for (size_t i = 0; json_is_object(value) && i < json_array_size(names); i++)
        if (!json_object_get(value, json_string_value(json_array_get(names, i))))
            return complain(quiet, "missing: ", json_string_value(json_array_get(names, i)));
    return true;
}

static bool all_hold(const json_t *schemas, json_t *value, bool quiet)
{
    for (size_t i = 0; i < json_array_size(schemas); i++)
        if (!holds(json_array_get(schemas, i), value, quiet))
            return false;
    return true;
}

static bool items_hold(const json_t *schema, const json_t *value, bool quiet)
{
    for (size_t i = 0; json_is_array(value) && i < json_array_size(value); i++)
        if (!holds(schema, json_array_get(value, i), quiet))
            return false;
    return true;
}

static bool keyword_holds(const json_t *schema, const char *keyword, const json_t *argument, json_t *value, bool quiet)
{
    static const char *const silent[] = {"$schema", "$id", "$defs", "title", "description", "then", NULL};
    for (size_t i = 0; silent[i]; i++)
        if (strcmp(keyword, silent[i]) == 0)
            return true;
    if (strcmp(keyword, "$ref") == 0) {
        const json_t *target = resolve(json_string_value(argument));
        return target ? holds(target, value, quiet)
                      : complain(false, "no such definition: ", json_string_value(argument));
    }
    if (strcmp(keyword, "type") == 0)
        return has_type(json_string_value(argument), value) ||
               complain(quiet, "not of type ", json_string_value(argument));
    if (strcmp(keyword, "enum") == 0)
        return in_enum(argument, value) ||
               complain(quiet, "not among the values: ", json_is_string(value) ? json_string_value(value) : "");
    if (strcmp(keyword, "const") == 0)
        return json_equal(argument, value) || complain(quiet, "not the constant", "");
    if (strcmp(keyword, "pattern") == 0)
        return matches(json_string_value(argument), value) ||
               complain(quiet, "does not match ", json_string_value(argument));
    if (strcmp(keyword, "minimum") == 0)
        return !json_is_integer(value) || json_integer_value(value) >= json_integer_value(argument) ||
               complain(quiet, "too small", "");
    if (strcmp(keyword, "maximum") == 0)
        return !json_is_integer(value) || json_integer_value(value) <= json_integer_value(argument) ||
               complain(quiet, "too large", "");
    if (strcmp(keyword, "properties") == 0 || strcmp(keyword, "additionalProperties") == 0)
        return members_hold(schema, value, quiet);
    if (strcmp(keyword, "required") == 0)
        return required_hold(argument, value, quiet);
    if (strcmp(keyword, "items") == 0)
        return items_hold(argument, value, quiet);
    if (strcmp(keyword, "allOf") == 0)
        return all_hold(argument, value, quiet);
    if (strcmp(keyword, "if") == 0)
        return !holds(argument, value, true) || holds(json_object_get(schema, "then"), value, quiet);
    return complain(false, "a keyword this program does not know: ", keyword);
}

static bool holds(const json_t *schema, json_t *value, bool quiet)
{
    const char *keyword;
    json_t *argument;
    union {
        const json_t *given;
        json_t *iterated; /* jansson's iteration takes no const */
    } object = {.given = schema};
    json_object_foreach(object.iterated, keyword, argument)
        if (!keyword_holds(schema, keyword, argument, value, quiet))
            return false;
    return true;
}

static unsigned check_file(const char *path, unsigned *lines)
{
    FILE *file = fopen(path, "r");
    unsigned wrong = 0, number = 0;
    char *line = NULL;
    size_t size = 0;
    if (!file) {
        perror(path);
        return 1;
    }
    while (getline(&line, &size, file) > 0) {
        json_error_t error;
        json_t *value = json_loads(line, JSON_REJECT_DUPLICATES, &error);
        number++;
        place = "";
        if (!value || !holds(root, value, false)) {
            fprintf(stderr, "%s:%u: %s\n", path, number, value ? "against the schema" : error.text);
            wrong++;
        }
        json_decref(value);
    }
    free(line);
    fclose(file);
    *lines += number;
    return wrong;
}

int main(int argc, char **argv)
{
    json_error_t error;
    unsigned wrong = 0, lines = 0;
    if (argc < 3) {
        fprintf(stderr, "usage: check_schema SCHEMA FILE...\n");
        return 2;
    }
    json_t *schema = json_load_file(argv[1], JSON_REJECT_DUPLICATES, &error);
    if (!schema) {
        fprintf(stderr, "%s:%d: %s\n", argv[1], error.line, error.text);
        return 2;
    }
    root = schema;
    for (int i = 2; i < argc; i++)
        wrong += check_file(argv[i], &lines);
    json_decref(schema);
    printf("%u records, %u against the schema\n", lines, wrong);
    return wrong ? 1 : 0;
}
