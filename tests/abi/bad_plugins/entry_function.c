/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: is not data */
void smin_plugin_entry(void);
void smin_plugin_entry(void)
{
}
