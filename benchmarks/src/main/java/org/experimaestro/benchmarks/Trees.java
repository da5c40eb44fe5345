package org.experimaestro.benchmarks;

import static org.experimaestro.benchmarks.Trees_DataBuilder.data;
import static org.experimaestro.benchmarks.Trees_ExperimentBuilder.experiment;
import static org.experimaestro.benchmarks.Trees_LayerBuilder.layer;
import static org.experimaestro.benchmarks.Trees_NetworkBuilder.network;

import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.Meta;

/** Trees of 4 configurations on three levels, with 28 parameters, 20 of which have other values than their defaults. */
final class Trees {
    private Trees() {}

    @ConfigType("benchmark.layer")
    record Layer(
            int units,
            double dropout,
            String activation,
            @Default("0.0") double decay,
            @Default("true") boolean bias) implements Configurable {}

    @ConfigType("benchmark.network")
    record Network(
            Layer first,
            int depth,
            double momentum,
            String initializer,
            List<Integer> sizes,
            @Default("1e-8") double epsilon,
            @Default("1") int seed,
            boolean residual)
            implements Configurable {}

    @ConfigType("benchmark.data")
    record Data(
            String name,
            long rows,
            double split,
            List<String> columns,
            @Default("false") boolean shuffled,
            int seed) implements Configurable {}

    @ConfigType("benchmark.experiment")
    record Experiment(
            Network network,
            Data data,
            int epochs,
            double rate,
            int batch,
            @Meta @Default("2") int workers,
            @Default("adam") String optimizer,
            @Default("0.9") double beta,
            String note)
            implements Configurable {}

    /** A tree like no other with another number. */
    static Config<Experiment> build(int number) {
        var layer = layer().units(64 + number % 7)
                .dropout(0.1)
                .activation("relu")
                .decay(1e-4)
                .build();
        var network = network()
                .first(layer)
                .depth(3)
                .momentum(0.9)
                .initializer("glorot")
                .sizes(List.of(64, 32, number))
                .residual(true)
                .build();
        var data = data().name("mails")
                .rows(4_601)
                .split(0.2)
                .columns(List.of("text", "label"))
                .seed(number)
                .build();
        return experiment()
                .network(network)
                .data(data)
                .epochs(16)
                .rate(1e-3)
                .batch(32)
                .workers(4)
                .note("number " + number)
                .build();
    }
}
