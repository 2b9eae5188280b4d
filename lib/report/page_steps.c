/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What to do next, in the order of countermeasure CM0014 (Disable Cisco Smart Install Feature), filled with what this
 * case knows, and what remains unknown. Commands are shown where their form is established; filters are not written
 * here, since they must name exactly the directors and devices of the network.
 */
#include "report/page_parts.h"

enum { NAMED_MAX = 60 };

static bool wants_all(const struct smini_page_subject *subject)
{
    return subject != NULL;
}

static bool is_on(const struct smini_page_subject *subject)
{
    return subject->on.answer == SMINI_ANSWER_YES;
}

static bool on_unknown(const struct smini_page_subject *subject)
{
    return subject->on.answer == SMINI_ANSWER_UNKNOWN;
}

static bool was_abused(const struct smini_page_subject *subject)
{
    return subject->abused.answer == SMINI_ANSWER_YES;
}

/* Ordered, and nothing proves that it did not obey. */
static bool may_be_abused(const struct smini_page_subject *subject)
{
    return subject->abused.answer == SMINI_ANSWER_UNKNOWN && subject->abused.capture;
}

static bool something_left(const struct smini_page_subject *subject)
{
    return subject->left.answer == SMINI_ANSWER_YES;
}

typedef bool (*subject_test)(const struct smini_page_subject *);

static uint32_t count_where(const struct smini_page_work *work, subject_test test)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < work->subject_count; i++)
        count += test(&work->subjects[i]);
    return count;
}

static void name_where(struct smini_page_work *work, subject_test test)
{
    struct smini_html *html = work->html;
    uint32_t count = 0;
    for (uint32_t i = 0; i < work->subject_count; i++) {
        if (!test(&work->subjects[i]))
            continue;
        if (count++ >= NAMED_MAX)
            continue;
        smini_html_raw(html, count > 1 ? ", " : " ");
        smini_html_raw(html, "<b class=\"a\">");
        smini_html_address(html, &work->subjects[i].address);
        smini_html_raw(html, "</b>");
    }
    if (count > NAMED_MAX) {
        smini_html_raw(html, " and ");
        smini_html_count(html, count - NAMED_MAX, "more, in the verdict", "more, in the verdict");
    }
}

/* A bullet with the devices it is about; nothing when there are none. */
static void about(struct smini_page_work *work, subject_test test, const char *before, const char *after)
{
    if (count_where(work, test) == 0)
        return;
    smini_html_form(work->html, "<li>%s", before);
    name_where(work, test);
    smini_html_form(work->html, "%s</li>\n", after);
}

static void begin_step(struct smini_html *html, const char *title)
{
    smini_html_form(html, "<li class=\"step\"><h3>%s</h3>\n<ul>\n", title);
}

static void end_step(struct smini_html *html)
{
    smini_html_raw(html, "</ul></li>\n");
}

static void step_enabled(struct smini_page_work *work)
{
    begin_step(work->html, "Determine whether Smart Install is enabled");
    about(work, is_on, "The captures prove that it is on at", ".");
    about(work, on_unknown, "The captures do not say for", ". Ask each device.");
    smini_html_raw(work->html, "<li>On each device: <code>show vstack config</code> names role and mode; <code>show tcp brief all</code> "
                               "shows whether TCP port 4786 is open, which counts even where the configuration is silent.</li>\n");
    end_step(work->html);
}

static void step_investigate(struct smini_page_work *work)
{
    begin_step(work->html, "Investigate evidence of abuse");
    about(work, was_abused, "Abuse is proved at", ".");
    about(work, may_be_abused, "Ordered, and not proved to have refused:", ". Treat as abused until the device itself says otherwise.");
    smini_html_raw(work->html,
                   "<li>Look at traffic and device logs for changes that nobody made on purpose to the startup configuration, the IOS "
                   "image and the lines <code>tftp-server</code>: compare with a copy from before the first incident.</li>\n"
                   "<li>In the logs, from the first incident on: <code>%SYS-5-CONFIG_I</code>, <code>%SYS-5-CONFIG_NV_I</code> and "
                   "<code>%SYS-5-RELOAD</code> with a URL or without a user, <code>%PARSER-5-CFGLOG_LOGGEDCMD</code>, new accounts, "
                   "logging that was stopped.</li>\n");
    end_step(work->html);
}

static void step_preserve(struct smini_page_work *work)
{
    begin_step(work->html, "Preserve the evidence");
    smini_html_raw(work->html, "<li>Before anything is changed on a device: copy its running and startup configuration, the list of its files "
                               "with their digests, and its log.</li>\n"
                               "<li>Keep this folder as it is, with the captures it was made of. <code>sha256sum -c SHA256SUMS</code> proves "
                               "that it was not changed.</li>\n");
    if (work->page->file_count > 0) {
        smini_html_raw(work->html, "<li>");
        smini_html_count(work->html, work->page->file_count, "file that moved is", "files that moved are");
        smini_html_raw(work->html, " told here with digests; their contents may hold passwords: handle them as secrets.</li>\n");
    }
    end_step(work->html);
}

static void step_restore(struct smini_page_work *work)
{
    begin_step(work->html, "Isolate and restore affected devices");
    about(work, was_abused, "Isolate from the network:", ".");
    about(work, may_be_abused, "Decide after step 2:", ".");
    about(work, something_left, "What was in the configurations of",
          " is known to others: change every password, community, key and certificate in them, here and wherever they are used as well.");
    smini_html_raw(work->html, "<li>Before a device comes back, bring image and configuration to a state that is known to be good: restore a "
                               "configuration from before the first incident, or reset the device to factory settings; install a verified "
                               "image with the latest patches; look for what survives a reload, such as boot variables and files on "
                               "flash.</li>\n");
    end_step(work->html);
}

static void step_restrict(struct smini_page_work *work)
{
    begin_step(work->html, "Restrict or disable Smart Install");
    smini_html_raw(work->html,
                   "<li>Verify that Smart Install uses TCP port 4786 (<code>show tcp brief all</code>) before blocking that port.</li>\n"
                   "<li>Where it is not needed: <code>no vstack</code>, save, and look again after every reload; releases are known in which "
                   "it does not last.</li>\n"
                   "<li>Where it cannot be disabled: access lists on the interfaces and Control Plane Policing that let only the directors reach "
                   "the devices on TCP port 4786. Devices open connections to that port of a director, too, so look at both directions. "
                   "<code>smin-audit --remediate</code> writes the text for the directors and devices that were seen.</li>\n");
    if (work->page->director_count == 0)
        smini_html_raw(work->html, "<li>No director was listed for this report: find out which there are before filters are written.</li>\n");
    about(work, wants_all, "Devices in question:", ".");
    end_step(work->html);
}

static bool exploited(const struct smini_page *page)
{
    for (uint32_t i = 0; i < page->incident_count; i++)
        if (page->incidents[i].incident->cve)
            return true;
    return false;
}

static void step_harden(struct smini_page_work *work)
{
    begin_step(work->html, "Harden");
    smini_html_raw(work->html, "<li>Apply the patches for all known vulnerabilities of the devices.");
    if (exploited(work->page))
        smini_html_raw(work->html, " An attempt at a vulnerability was seen, so this comes first.");
    smini_html_raw(work->html, "</li>\n<li>Disabling Smart Install does not need a patch, and a patch does not end its misuse: the protocol obeys "
                               "without authentication.</li>\n"
                               "<li>Replace Smart Install by its successor, Cisco Network Plug and Play, and follow Cisco\xe2\x80\x99s Guide to "
                               "Harden Cisco IOS Devices.</li>\n");
    end_step(work->html);
}

/* An order of which no file was seen, or a file not seen whole. */
static void say_unseen_files(struct smini_page_work *work)
{
    uint64_t unseen = 0, partial = 0;
    for (uint32_t i = 0; i < work->page->incident_count; i++) {
        const struct smini_incident *incident = work->page->incidents[i].incident;
        unseen += smini_page_is_order(incident->verdict) && incident->verdict != SMINI_VERDICT_OVERFLOW_ATTEMPT &&
                  incident->file_count == 0;
        for (uint32_t k = 0; k < incident->file_count; k++)
            partial += smini_page_moved(&incident->files[k]) && !smini_page_whole(&incident->files[k]);
    }
    if (unseen) {
        smini_html_raw(work->html, "<li>Whether and what moved: ");
        smini_html_count(work->html, unseen, "order has", "orders have");
        smini_html_raw(work->html, " no transfer in the captures. Captures between the devices and the servers named in the orders would "
                                   "tell.</li>\n");
    }
    if (partial) {
        smini_html_raw(work->html, "<li>The whole contents of ");
        smini_html_count(work->html, partial, "file", "files");
        smini_html_raw(work->html, ", of which parts are missing.</li>\n");
    }
}

static void write_unknowns(struct smini_page_work *work)
{
    const struct smini_page *page = work->page;
    struct smini_html *html = work->html;
    smini_html_raw(html, "<h3 id=\"unknown\">What remains unknown</h3>\n<ul>\n");
    if (page->shortfall_count > 0)
        smini_html_raw(html, "<li>What is in the captures but was <a href=\"#limits\">not read</a>.</li>\n");
    about(work, on_unknown, "Whether Smart Install is on at", ".");
    about(work, may_be_abused, "What these devices did when they were ordered:", ".");
    if (page->director_count == 0 && page->incident_count > 0)
        smini_html_raw(html, "<li>Who was entitled: no director was listed (<code>--director</code>).</li>\n");
    say_unseen_files(work);
    smini_html_raw(html, "<li>Everything before and after the captures, and everything that took another way.</li>\n</ul>\n");
}

void smini_page_steps(struct smini_page_work *work)
{
    smini_html_raw(work->html, "<section id=\"next\" aria-labelledby=\"h-next\"><h2 id=\"h-next\">What to do next</h2>\n"
                               "<p>The steps follow countermeasure CM0014, Disable Cisco Smart Install Feature. Without Smart Install, updates "
                               "and configurations of switches are work by hand: plan for it.</p>\n<ol class=\"steps\">\n");
    step_enabled(work);
    step_investigate(work);
    step_preserve(work);
    step_restore(work);
    step_restrict(work);
    step_harden(work);
    smini_html_raw(work->html, "</ol>\n");
    write_unknowns(work);
    smini_html_raw(work->html, "</section>\n");
}
