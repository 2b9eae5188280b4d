-- SPDX-License-Identifier: BSD-2-Clause
-- As little of an engine as reads streams, with our adapter bound to the port and to what the wizard finds by bytes.
stream = { }
stream_ip = { }
stream_tcp = { session_timeout = 3600 }
-- By default five rules of a detection match and three events of a packet are logged: here all of them are compared.
event_queue = { max_queue = 1024, log = 1024 }
search_engine = { max_queue_events = 100 }
ips =
{
    enable_builtin_rules = true,
    variables = { nets = { HOME_NET = 'any', EXTERNAL_NET = 'any' } },
}
alert_json = { file = true, limit = 0, fields = 'src_addr src_port dst_addr dst_port gid sid msg' }
wizard = { hexes = { } }
