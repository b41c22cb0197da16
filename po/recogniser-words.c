/* recogniser-words.c: the sentences of data/recognisers, for translators
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by po/recogniser-words.py; never compiled.
 */

/* bullmq.json */
N_("Switch on the metrics of each worker")
N_("Nothing here tells how long jobs take: time them in the processor with prom-client's histogram")

/* caddy.json */
N_("Switch on the server's metrics in the global options of the Caddyfile")

/* celery-exporter.json */
N_("Workers must send events of their tasks")

/* express-prom-bundle.json */
N_("Let the bundle collect the default metrics of prom-client")
N_("Count up when a request begins and down when it ends")

/* fastapi-instrumentator.json */
N_("Switch on the gauge of requests in progress")

/* generic.json */
N_("Add a histogram of the duration of requests, in seconds, by route and status")
N_("Add a counter of requests answered, by route and status")
N_("Add a gauge of requests in flight")
N_("Export process_cpu_seconds_total: the client libraries' default metrics have it")
N_("Export process_resident_memory_bytes: the client libraries' default metrics have it")

/* haproxy.json */
N_("HAProxy tells means of the last 1024 requests, no percentiles: read the metrics of the backend behind it")

/* micrometer.json */
N_("Switch on the endpoint, and the histogram for percentiles")

/* nginx-exporter.json */
N_("stub_status knows no latency: read the metrics of the backend behind it, or of a proxy that has a histogram, such as Caddy, Traefik or Envoy")

/* opentelemetry-js.json */
N_("Add the metrics of the host and the process")
N_("Add the metrics of Node.js' runtime")
N_("Instrument the HTTP server")

/* opentelemetry-python.json */
N_("Add the metrics of the process")
N_("Instrument the framework; with the new names in seconds")

/* prom-client.json */
N_("Time each request with a histogram")
N_("The count of a duration histogram is enough; a counter by status works too")
N_("Let prom-client collect its default metrics")

/* prometheus-client-multiprocess.json */
N_("Multiprocess mode leaves the process metrics out: watch the workers from beside them")

/* rq-exporter.json */
N_("Nothing here tells how long jobs take: time them in the job with a histogram")

/* traefik.json */
N_("Let the entry points be counted")
