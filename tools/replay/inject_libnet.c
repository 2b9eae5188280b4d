/* SPDX-License-Identifier: BSD-2-Clause */
/* The one file of smin-replay that includes libnet. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "inject_libnet.h"
#include "options.h"

#ifdef HAVE_LIBNET

#include <errno.h>
#include <libnet.h>
#include <linux/filter.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

__attribute__((format(printf, 4, 5))) static int refuse(FILE *errors, const char *interface, int status,
                                                        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(errors, "smin-replay: %s: ", interface);
    vfprintf(errors, format, arguments);
    fputc('\n', errors);
    va_end(arguments);
    return status;
}

/* The answer to one question about an interface; 0, or an errno. */
static int ask(int fd, unsigned long question, const char *interface, struct ifreq *answer)
{
    memset(answer, 0, sizeof(*answer));
    memcpy(answer->ifr_name, interface, strlen(interface));
    return ioctl(fd, question, answer) == 0 ? 0 : errno;
}

/* Is this a place for frames? Sets the MTU. */
static int look_at(int fd, struct smini_wire *wire, FILE *errors)
{
    struct ifreq answer;
    int error = ask(fd, SIOCGIFFLAGS, wire->name, &answer);
    if (error == ENODEV)
        return refuse(errors, wire->name, SMINI_EXIT_USAGE, "there is no such network interface");
    if (error)
        return refuse(errors, wire->name, SMINI_EXIT_INTERNAL, "%s", strerror(error));
    int flags = answer.ifr_flags;
    if (flags & IFF_LOOPBACK)
        return refuse(errors, wire->name, SMINI_EXIT_USAGE,
                      "a loopback interface hands what is sent to this very machine; take another, such as one of veth");
    error = ask(fd, SIOCGIFHWADDR, wire->name, &answer);
    if (!error && answer.ifr_hwaddr.sa_family != ARPHRD_ETHER)
        return refuse(errors, wire->name, SMINI_EXIT_USAGE, "not an Ethernet interface");
    if (!error && !(flags & IFF_UP))
        return refuse(errors, wire->name, SMINI_EXIT_INTERNAL, "the interface is down; ip link set %s up", wire->name);
    if (!error && !(flags & IFF_RUNNING))
        return refuse(errors, wire->name, SMINI_EXIT_INTERNAL, "the interface has no link: packets would go nowhere");
    if (!error)
        error = ask(fd, SIOCGIFMTU, wire->name, &answer);
    if (error)
        return refuse(errors, wire->name, SMINI_EXIT_INTERNAL, "%s", strerror(error));
    wire->mtu = (uint32_t)answer.ifr_mtu;
    return SMINI_EXIT_OK;
}

static int look_first(struct smini_wire *wire, FILE *errors)
{
    if (strlen(wire->name) >= IFNAMSIZ)
        return refuse(errors, wire->name, SMINI_EXIT_USAGE, "there is no such network interface");
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return refuse(errors, wire->name, SMINI_EXIT_INTERNAL, "%s", strerror(errno));
    int status = look_at(fd, wire, errors);
    close(fd);
    return status;
}

/* The right that is missing is told better here than by libnet. */
static int may_send(const struct smini_wire *wire, FILE *errors)
{
    int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (fd < 0 && (errno == EPERM || errno == EACCES))
        return refuse(errors, wire->name, SMINI_EXIT_INTERNAL,
                      "sending takes the right CAP_NET_RAW: run as root, or setcap cap_net_raw+ep smin-replay");
    if (fd < 0)
        return refuse(errors, wire->name, SMINI_EXIT_INTERNAL, "%s", strerror(errno));
    close(fd);
    return SMINI_EXIT_OK;
}

/* libnet's socket would also hand in what the interface receives: nothing of that is wanted here. */
static void refuse_all_input(int socket)
{
    struct sock_filter none = BPF_STMT(BPF_RET | BPF_K, 0);
    struct sock_fprog program = {.len = 1, .filter = &none};
    (void)setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program));
}

static int send_frame(void *user, const uint8_t *frame, uint32_t length)
{
    errno = 0;
    int sent = libnet_adv_write_link(user, frame, length);
    int error = errno;
    if (sent >= 0 && (uint32_t)sent == length)
        return 0;
    return error ? error : EIO;
}

int smini_wire_open(struct smini_wire *wire, const char *interface, FILE *errors)
{
    char problem[LIBNET_ERRBUF_SIZE] = "";
    *wire = (struct smini_wire){.name = interface, .socket = -1, .send = send_frame};
    int status = look_first(wire, errors);
    if (status == SMINI_EXIT_OK)
        status = may_send(wire, errors);
    if (status != SMINI_EXIT_OK)
        return status;
    libnet_t *net = libnet_init(LIBNET_LINK_ADV, interface, problem);
    if (!net)
        return refuse(errors, interface, SMINI_EXIT_INTERNAL, "libnet: %s", problem);
    /* It takes a name that begins with a digit for an address, and may come to another interface. */
    const char *opened = libnet_getdevice(net);
    if (!opened || strcmp(opened, interface) != 0) {
        libnet_destroy(net);
        return refuse(errors, interface, SMINI_EXIT_USAGE, "libnet cannot open an interface of this name");
    }
    wire->user = net;
    wire->socket = libnet_getfd(net);
    refuse_all_input(wire->socket);
    return SMINI_EXIT_OK;
}

void smini_wire_close(struct smini_wire *wire)
{
    if (wire->user)
        libnet_destroy(wire->user);
    wire->user = NULL;
}

#else

int smini_wire_open(struct smini_wire *wire, const char *interface, FILE *errors)
{
    *wire = (struct smini_wire){.name = interface, .socket = -1};
    fputs("smin-replay: --inject needs libnet, which this program was built without\n", errors);
    return SMINI_EXIT_USAGE;
}

void smini_wire_close(struct smini_wire *wire)
{
    wire->user = NULL;
}

#endif
