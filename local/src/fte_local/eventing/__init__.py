"""Does on one machine what KafkaSource and KafkaSink do on a cluster, from the same manifests.

    manifests   reads the YAML: sources, sinks, how they deliver
    event       a CloudEvent and its forms in Kafka records and HTTP requests
    reactions   which answer means what, how long to wait, what a dead letter says
    offsets     how far a partition may be committed
    delivery    one event to one function: tries, waits, dead letter
    consumer    one source: its consumer group and what is in flight
    producer    the sinks' way to their topics
    server      health and the sinks' entrance

A stand-in for development, not a product.
"""
