"""Does on one machine what Knative Eventing does on a cluster: KafkaSource, KafkaSink, Broker, Trigger, PingSource.

It reads the same manifests.

    wiring      what there is to do, as values
    manifests   reads it from the YAML
    event       a CloudEvent and its forms in Kafka records and HTTP messages
    reactions   which answer means what, how long to wait, what a dead letter says
    filters     which events a Trigger wants; cesql is one dialect of it
    schedule    when a ping is due
    offsets     how far a partition may be committed
    delivery    one event to one function: tries, waits, reply, dead letter
    consumer    one source or trigger: its consumer group and what is in flight
    pings       the pings of one PingSource
    producer    the way of sinks and brokers to their topics
    server      health and the entrances of sinks and brokers

A stand-in for development, not a product.
"""
