/* SPDX-License-Identifier: BSD-2-Clause */
#include "snort3/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "host/describe.h"

/* "smin.url" becomes "smin_url". */
static char *option_name(const char *name)
{
    char *made = strdup(name);
    for (char *at = made; at && *at; at++)
        if (*at == '.')
            *at = '_';
    return made;
}

/* "name: meaning". */
static char *event_text(const struct smin_event_desc *event)
{
    size_t name = strlen(event->name);
    size_t meaning = strlen(event->meaning);
    char *made = malloc(name + meaning + 3);
    if (!made)
        return NULL;
    memcpy(made, event->name, name);
    memcpy(made + name, ": ", 2);
    memcpy(made + name + 2, event->meaning, meaning + 1);
    return made;
}

static bool is_number(const struct smin_field_desc *field)
{
    return field->type == SMIN_TYPE_NUMBER || field->type == SMIN_TYPE_BOOL;
}

static bool add_options(struct smini_catalogue *catalogue, const struct smin_inspector *inspector)
{
    uint32_t buffers = 0;
    for (uint32_t i = 0; i < inspector->field_count; i++) {
        const struct smin_field_desc *field = smini_describe_field(inspector, i);
        if (catalogue->option_count == SMINI_CATALOGUE_OPTIONS_MAX) {
            catalogue->left_out = inspector->field_count - i;
            break;
        }
        struct smini_catalogue_option *option = &catalogue->options[catalogue->option_count];
        option->name = option_name(field->name);
        option->help = strdup(field->meaning);
        option->field = field->id;
        option->kind = is_number(field) ? SMINI_CATALOGUE_NUMBER : SMINI_CATALOGUE_BUFFER;
        catalogue->option_count++;
        if (!option->name || !option->help)
            return false;
        if (option->kind == SMINI_CATALOGUE_BUFFER)
            catalogue->buffers[buffers++] = option->name;
    }
    return true;
}

static bool add_events(struct smini_catalogue *catalogue, const struct smin_inspector *inspector)
{
    for (uint32_t i = 0; i < inspector->event_count; i++) {
        const struct smin_event_desc *event = smini_describe_event(inspector, i);
        catalogue->events[i].id = event->id;
        catalogue->events[i].text = event_text(event);
        catalogue->event_count++;
        if (!catalogue->events[i].text)
            return false;
    }
    return true;
}

int32_t smini_catalogue_make(struct smini_catalogue *catalogue, const struct smin_inspector *inspector)
{
    memset(catalogue, 0, sizeof(*catalogue));
    uint32_t fields = inspector->field_count;
    if (fields > SMINI_CATALOGUE_OPTIONS_MAX)
        fields = SMINI_CATALOGUE_OPTIONS_MAX;
    catalogue->protocol = strdup(inspector->name);
    catalogue->options = calloc(fields + 1, sizeof(*catalogue->options));
    catalogue->buffers = calloc(fields + 1, sizeof(*catalogue->buffers));
    catalogue->events = calloc((size_t)inspector->event_count + 1, sizeof(*catalogue->events));
    if (catalogue->protocol && catalogue->options && catalogue->buffers && catalogue->events &&
        add_options(catalogue, inspector) && add_events(catalogue, inspector))
        return SMIN_OK;
    smini_catalogue_free(catalogue);
    return SMIN_E_NOMEM;
}

/* Texts are constant to those who read them, and ours to give back. */
static void give_back(const char *text)
{
    free((void *)(uintptr_t)text);
}

void smini_catalogue_free(struct smini_catalogue *catalogue)
{
    for (uint32_t i = 0; i < catalogue->option_count; i++) {
        give_back(catalogue->options[i].name);
        give_back(catalogue->options[i].help);
    }
    for (uint32_t i = 0; i < catalogue->event_count; i++)
        give_back(catalogue->events[i].text);
    free(catalogue->options);
    free(catalogue->events);
    free((void *)catalogue->buffers);
    give_back(catalogue->protocol);
    memset(catalogue, 0, sizeof(*catalogue));
}

static bool has_option(const struct smin_inspector *inspector, const struct smini_catalogue_option *option)
{
    for (uint32_t i = 0; i < inspector->field_count; i++) {
        const struct smin_field_desc *field = smini_describe_field(inspector, i);
        if (field->id != option->field)
            continue;
        char *name = option_name(field->name);
        bool same = name && strcmp(name, option->name) == 0 && is_number(field) == (option->kind == SMINI_CATALOGUE_NUMBER);
        free(name);
        return same;
    }
    return false;
}

static bool has_event(const struct smin_inspector *inspector, const struct smini_catalogue_event *wanted)
{
    for (uint32_t i = 0; i < inspector->event_count; i++) {
        const struct smin_event_desc *event = smini_describe_event(inspector, i);
        size_t length = strlen(event->name);
        if (event->id == wanted->id)
            return strncmp(event->name, wanted->text, length) == 0 && wanted->text[length] == ':';
    }
    return false;
}

bool smini_catalogue_fits(const struct smini_catalogue *catalogue, const struct smin_inspector *inspector)
{
    if (strcmp(catalogue->protocol, inspector->name) != 0)
        return false;
    for (uint32_t i = 0; i < catalogue->option_count; i++)
        if (!has_option(inspector, &catalogue->options[i]))
            return false;
    for (uint32_t i = 0; i < catalogue->event_count; i++)
        if (!has_event(inspector, &catalogue->events[i]))
            return false;
    return true;
}
