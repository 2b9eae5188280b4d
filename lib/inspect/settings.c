/* SPDX-License-Identifier: BSD-2-Clause */
#include "inspect/settings.h"

#include <stdbool.h>
#include <string.h>

struct bounded {
    const char *name;
    size_t offset; /* of a uint32_t in struct smini_decode_limits */
    uint32_t low, high;
};

#define LIMIT(member, least, most) {"limit." #member, offsetof(struct smini_decode_limits, member), least, most}

/* The lower bounds keep every known message whole; the upper ones keep a flow's memory in proportion. */
static const struct bounded limits[] = {
    LIMIT(message_bytes, 1048, 1048576), LIMIT(trailer_bytes, 16, 1048576), LIMIT(fields, 32, 4096),
    LIMIT(events, 16, 4096),             LIMIT(holes, 0, SMINI_HOLES_ROOM), LIMIT(absurd_length, 2048, 16777216),
};

/* Of a file's beginning. The default holds the configuration of any switch; positions in rules end at the upper bound. */
enum { FILE_BYTES_LEAST = 1024, FILE_BYTES_MOST = 1048576, FILE_BYTES_DEFAULT = 65536 };

void smini_settings_default(struct smini_settings *settings)
{
    memset(settings, 0, sizeof(*settings));
    settings->decode = smini_decode_limits_default();
    settings->file_bytes = FILE_BYTES_DEFAULT;
}

/* Decimal digits only: no sign, no blank, no locale. */
static bool read_number(const char *text, uint64_t *value)
{
    *value = 0;
    if (*text == '\0')
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        uint64_t digit = (uint64_t)(*text - '0');
        if (*value > (UINT64_MAX - digit) / 10)
            return false;
        *value = *value * 10 + digit;
    }
    return true;
}

static int32_t read_limit(struct smini_settings *settings, const struct bounded *limit, const char *text)
{
    uint64_t value;
    if (!read_number(text, &value) || value < limit->low || value > limit->high)
        return SMIN_E_MISUSE;
    uint32_t number = (uint32_t)value;
    memcpy((uint8_t *)&settings->decode + limit->offset, &number, sizeof(number));
    return SMIN_OK;
}

static int32_t read_one(struct smini_settings *settings, const struct smin_setting *setting)
{
    if (!setting->name || !setting->value)
        return SMIN_E_MISUSE;
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
        if (strcmp(setting->name, limits[i].name) == 0)
            return read_limit(settings, &limits[i], setting->value);
    if (strcmp(setting->name, "limit.thread_bytes") == 0)
        return read_number(setting->value, &settings->thread_bytes_max) ? SMIN_OK : SMIN_E_MISUSE;
    if (strcmp(setting->name, "limit.file_bytes") == 0)
        return read_number(setting->value, &settings->file_bytes) && settings->file_bytes >= FILE_BYTES_LEAST &&
                       settings->file_bytes <= FILE_BYTES_MOST
                   ? SMIN_OK
                   : SMIN_E_MISUSE;
    if (strcmp(setting->name, "matcher") == 0) {
        settings->plain_matcher = strcmp(setting->value, "plain") == 0;
        return settings->plain_matcher || strcmp(setting->value, "auto") == 0 ? SMIN_OK : SMIN_E_MISUSE;
    }
    if (strcmp(setting->name, "rule_profile") == 0) {
        settings->rule_profile = strcmp(setting->value, "on") == 0;
        return settings->rule_profile || strcmp(setting->value, "off") == 0 ? SMIN_OK : SMIN_E_MISUSE;
    }
    return SMIN_E_NOT_FOUND;
}

int32_t smini_settings_read(struct smini_settings *settings, const struct smin_config *config)
{
    if (config->setting_count > 0 && !config->settings)
        return SMIN_E_MISUSE;
    for (uint32_t i = 0; i < config->setting_count; i++) {
        int32_t status = read_one(settings, &config->settings[i]);
        if (status != SMIN_OK)
            return status;
    }
    return SMIN_OK;
}
