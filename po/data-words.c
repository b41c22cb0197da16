/* data-words.c: the sentences of the data files, for translators
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by po/data-words.py; never compiled.
 */

/* recognisers/bullmq.json */
N_("Switch on the metrics of each worker")
N_("Nothing here tells how long jobs take: time them in the processor with prom-client's histogram")

/* recognisers/caddy.json */
N_("Switch on the server's metrics in the global options of the Caddyfile")

/* recognisers/celery-exporter.json */
N_("Workers must send events of their tasks")

/* recognisers/express-prom-bundle.json */
N_("Let the bundle collect the default metrics of prom-client")
N_("Count up when a request begins and down when it ends")

/* recognisers/fastapi-instrumentator.json */
N_("Switch on the gauge of requests in progress")

/* recognisers/generic.json */
N_("Add a histogram of the duration of requests, in seconds, by route and status")
N_("Add a counter of requests answered, by route and status")
N_("Add a gauge of requests in flight")
N_("Export process_cpu_seconds_total: the client libraries' default metrics have it")
N_("Export process_resident_memory_bytes: the client libraries' default metrics have it")

/* recognisers/haproxy.json */
N_("HAProxy tells means of the last 1024 requests, no percentiles: read the metrics of the backend behind it")

/* recognisers/micrometer.json */
N_("Switch on the endpoint, and the histogram for percentiles")

/* recognisers/nginx-exporter.json */
N_("stub_status knows no latency: read the metrics of the backend behind it, or of a proxy that has a histogram, such as Caddy, Traefik or Envoy")

/* recognisers/opentelemetry-js.json */
N_("Add the metrics of the host and the process")
N_("Add the metrics of Node.js' runtime")
N_("Instrument the HTTP server")

/* recognisers/opentelemetry-python.json */
N_("Add the metrics of the process")
N_("Instrument the framework; with the new names in seconds")

/* recognisers/prom-client.json */
N_("Time each request with a histogram")
N_("The count of a duration histogram is enough; a counter by status works too")
N_("Let prom-client collect its default metrics")

/* recognisers/prometheus-client-multiprocess.json */
N_("Multiprocess mode leaves the process metrics out: watch the workers from beside them")

/* recognisers/rq-exporter.json */
N_("Nothing here tells how long jobs take: time them in the job with a histogram")

/* recognisers/traefik.json */
N_("Let the entry points be counted")

/* use-cases/ai-application.json */
N_("AI application")
N_("Requests that end in a model; the service around it prepares, asks and streams.")
N_("Two seconds to the first word is what people accept.")
N_("People ask by day.")
N_("An assistant is asked more with each task that it is trusted with.")
N_("Libraries for models decide what can be built at all.")
N_("People who know models are hard to find; take what they know.")
N_("Servers count, yet people cost more in most plans.")
N_("The model takes seconds; the service should not add to them.")
N_("What is built in need not be built, or forgotten.")
N_("Libraries for models move every month.")
N_("Queues in front of the model are the plan, not the accident.")

/* use-cases/analytics-dashboard.json */
N_("Analytics dashboard")
N_("Charts of aggregated data that people open in the morning and leave open.")
N_("A second for a page of charts.")
N_("People look at it when they come to work.")
N_("Each team that sees a chart wants one of its own.")
N_("Connectors to the sources decide which chart can exist.")
N_("Front end and back end meet in every chart.")
N_("A page of eight charts waits for the slowest.")
N_("A connection-heavy service is hard to restart often.")
N_("Everybody opens it at nine.")

/* use-cases/automation.json */
N_("Automation")
N_("Jobs that start other jobs: files, mails, calls to other systems. Nobody waits at a screen.")
N_("Five seconds for a step; what counts is that it ends.")
N_("Schedules do not sleep.")
N_("What one team automates, the next one asks for.")
N_("Each system it talks to needs a client.")
N_("Whoever is on call for it must know it; and some code may be shared with the front end.")
N_("Nobody waits; jobs must finish before the next ones start.")
N_("It holds the keys of all the systems it talks to.")
N_("A backlog must drain by itself.")

/* use-cases/collaborative-tools.json */
N_("Collaborative tools")
N_("Several people change the same document and see each other do it.")
N_("A tenth of a second feels immediate.")
N_("Offices work by day.")
N_("A team that works in it brings the next.")
N_("Two people see each other's cursors; a tenth of a second is where it begins to lag.")
N_("A whole class or company opens one document.")
N_("It needs a few clients that exist for nearly everything.")

/* use-cases/criteria.json */
N_("Tail latency at the target load")
N_("The slowest answers that the objective speaks of, at the traffic you expect. 100 at a quarter of the objective, 50 at it, 0 at twice of it.")
N_("Behaviour under overload")
N_("Answers within the objective at one and a half times what one copy can do, as a share of what it does at its best.")
N_("Cost over the years")
N_("Net present value against your budget. 100 at a quarter of the budget, 0 at the budget. What money pays for is not scored again.")
N_("Team and shared language")
N_("How well the people you have fit this deployment. What hiring costs is a line of its own; score here what money does not show.")
N_("Most of the team has run this stack in production")
N_("Front end and back end can share a language and code")
N_("We filled a comparable position here within two months")
N_("Two people or more can review changes to it")
N_("Integrations and libraries")
N_("The share of what you need for which a maintained client or library exists. Replace the list by your own. Those that you pay to write are a line of the cost.")
N_("A maintained client for our database")
N_("A maintained client for our payment provider")
N_("A maintained client for our queue or broker")
N_("Maintained libraries for the models and data we work with")
N_("A maintained library for the files we read and write")
N_("Built-in security")
N_("The share of what you need that comes with the framework or a maintained part of it.")
N_("Sign-in and sessions")
N_("Queries that cannot be injected into")
N_("Protection from forged requests")
N_("An administration page with permissions")
N_("A list of all parts and their known vulnerabilities, made automatically")
N_("Burden of upgrades")
N_("How little work it is to stay supported over the years you plan for.")
N_("The version we would start with is supported for half of the horizon or longer")
N_("Our main dependencies are at most one major version behind")
N_("The last forced upgrade took less than a month")
N_("Mistakes of an upgrade are found by tests or types before users find them")
N_("Time to the first release")
N_("100 when it comes in half the time you can wait, 0 when it comes at twice of it. Score it or pay for it, not both.")

/* use-cases/data-heavy-platform.json */
N_("Data-heavy platform")
N_("Large tables are read, joined and computed on.")
N_("A second for a table that somebody asked for.")
N_("Reports are asked for by day.")
N_("Data only add up, and so do the questions.")
N_("Readers, writers and numeric libraries are most of the product.")
N_("A report may take a second.")
N_("Data of others is kept here.")
N_("Few people ask at once.")

/* use-cases/fintech-risk.json */
N_("FinTech risk")
N_("Decisions about money within a payment: score, decide, explain.")
N_("A payment terminal waits; 999 of 1000 within 0.3 s.")
N_("Shops are open by day, payments come at noon and in the evening.")
N_("Payments grow with the shops that are connected.")
N_("Numeric and scoring libraries, and clients of banks and bureaus.")
N_("Regulators ask for it, attackers too.")
N_("A payment waits for the decision.")
N_("Sales days triple the payments.")

/* use-cases/iot.json */
N_("Internet of things")
N_("Devices report by the clock, day and night, and never give up.")
N_("Machines wait longer than people, but there are more of them: 999 of 1000.")
N_("Devices do not sleep.")
N_("Devices are added, and seldom taken away.")
N_("Devices wait with a connection open, and connections are memory.")
N_("After an outage all devices come back in the same second.")
N_("Devices in the field are keys in the field.")

/* use-cases/mobile-api.json */
N_("API for mobile apps")
N_("Many short requests over bad networks; a person waits for a screen.")
N_("A fifth of a second leaves the rest of a second to the network.")
N_("Phones are in hands in the evening.")
N_("Installed apps add up while a product is young.")
N_("The network takes most of the time a person is willing to wait; the server gets the rest.")
N_("A push message sends everybody to the app at once.")
N_("The API follows the app; people who write both save meetings.")

/* use-cases/mvp.json */
N_("First version of a product")
N_("Few users yet, and everything will change.")
N_("Half a second is what people accept from something new.")
N_("Few users, in the evening.")
N_("Nobody knows yet: state your own once you do.")
N_("What nobody has used yet, nobody can judge. Left out here when its months are paid for as cost.")
N_("What exists need not be written.")
N_("Good enough is fast enough for a hundred users.")
N_("A first version has real users' data already.")
N_("It will be rewritten before it must be upgraded.")

/* use-cases/real-time-chat.json */
N_("Real-time chat")
N_("Messages reach many people who wait for them; most connections are idle most of the time.")
N_("A fifth of a second is what a conversation does not notice.")
N_("People talk in the evening.")
N_("Each person who joins brings others to talk to.")
N_("A message that arrives late reads as one that was not answered.")
N_("Everybody writes at once when something happens.")

/* use-cases/streaming.json */
N_("Streaming")
N_("Many long answers at the same time, and few that may stall.")
N_("Players hold a few seconds back; half a second for a segment leaves room.")
N_("People watch in the evening.")
N_("More people each year, and better pictures.")
N_("A stall is seen by everybody who watches.")
N_("An event brings all viewers within minutes.")
N_("Bytes leave the house, and each is paid for.")

/* workloads/ai-inference.json */
N_("Application with a model")
N_("Few requests, each with native computing that leaves a global lock but holds up an event loop.")

/* workloads/automation.json */
N_("Jobs that are submitted in batches and compute for long; the batch must be done in time, not the single job.")

/* workloads/chat.json */
N_("Messages to rooms of fifty people, each a request that costs what its fifty deliveries cost.")

/* workloads/collab.json */
N_("Collaborative editing")
N_("Small edits in bursts, when people type at the same time and then read.")

/* workloads/dashboards.json */
N_("Analytics dashboards")
N_("Fifty dashboards of six panels that refresh together every five seconds, so that requests come all at once.")

/* workloads/data-heavy.json */
N_("Data platform")
N_("Slow queries, native computing, and large answers.")

/* workloads/fintech-risk.json */
N_("Risk engine")
N_("Native computing with a tight tail, and bursts that ask for more processors than a small machine has.")

/* workloads/iot.json */
N_("Backend for devices")
N_("Two thousand devices that report every ten seconds, evenly but for a little jitter.")

/* workloads/mixed.json */
N_("Waiting and computing")
N_("Nine requests wait for something else, one computes: the smallest mix that shows who waits for whom.")

/* workloads/mobile-api.json */
N_("Many short reads, some writes and a few heavy requests that hold the others up where they share a thread.")

/* workloads/stream.json */
N_("Streaming service")
N_("Two hundred viewers that fetch four chunks of 16 KiB a second each: many bytes, little to compute.")
