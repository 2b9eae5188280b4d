/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/support/hexfile.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const names[] = {
    "r03_capabilities_resp",
    "r04_status_1",
    "r09_backup_resp",
    "t02_download_image_now",
    "t02_download_image_sched",
    "t02_image_list_unterminated",
    "t03_download_config_2359",
    "t03_download_config_http",
    "t03_download_config_minute60",
    "t03_download_config_multi",
    "t03_download_config_sched",
    "t03_go_siet_malformed",
    "t03_gvm_truncated",
    "t03_smi_check_v1_uuid",
    "t03_test2016_random_file",
    "t04_capabilities_req_v0",
    "t04_capabilities_req_v1",
    "t04_probe_go_siet_28b",
    "t05_execute",
    "t05_execute_go_siet",
    "t07_init_discovery_216",
    "t07_init_discovery_28",
    "t07_init_discovery_29",
    "t07_init_discovery_len0",
    "t07_init_discovery_lenmismatch",
    "t08_backup_tlv2_brutasse",
    "t08_backup_tlv2_tftpserver",
    "t08_backup_tlv3_legitimate_shape",
    "t08_backup_tlv3_msf",
    "t08_backup_tlv3_siet",
    "t08_backup_tlv3_siet_2016",
    "t08_go_siet_malformed",
    "t09_backup_done",
    "t10_backup_record_ff",
    "t10_t08_pipelined",
    "tftp_error_nuclei",
    "tftp_rrq_execute_txt",
    "tftp_rrq_random_file",
    "tftp_rrq_startup_config",
    "tftp_rrq_tar_imglist0",
    "tftp_wrq_target_conf",
    "x_alrikrr_ascii_hex",
    "x_nmap_firebird_probe",
};

static int digit_value(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static int read_digits(FILE *in, struct hexfile *file)
{
    bool comment = false;
    int high = -1;
    for (int c = getc(in); c != EOF; c = getc(in)) {
        if (c == '#')
            comment = true;
        else if (c == '\n')
            comment = false;
        int value = digit_value(c);
        if (comment || c == '\n' || c == '\r' || c == ' ')
            continue;
        if (value < 0 || (high >= 0 && file->length == sizeof(file->bytes)))
            return -1;
        if (high < 0) {
            high = value;
        } else {
            file->bytes[file->length++] = (uint8_t)(high * 16 + value);
            high = -1;
        }
    }
    return high < 0 ? 0 : -1;
}

int hexfile_read(const char *path, struct hexfile *file)
{
    file->length = 0;
    FILE *in = fopen(path, "r");
    if (!in) {
        perror(path);
        return -1;
    }
    int status = read_digits(in, file);
    fclose(in);
    if (status != 0)
        fprintf(stderr, "%s: not a vector\n", path);
    return status;
}

void hexfile_vector(const char *name, struct hexfile *file)
{
    const char *source = getenv("SMIN_SRCDIR");
    char path[1024];
    int length = snprintf(path, sizeof(path), "%s/tests/vectors/%s.hex", source ? source : SMIN_TESTS_SRCDIR, name);
    if (length < 0 || (size_t)length >= sizeof(path) || hexfile_read(path, file) != 0)
        abort();
}

const char *const *hexfile_names(size_t *count)
{
    *count = sizeof(names) / sizeof(names[0]);
    return names;
}
