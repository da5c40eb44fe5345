package org.experimaestro.benchmarks;

import java.util.concurrent.TimeUnit;
import org.experimaestro.ConfigId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Distinct trees of configurations built, sealed and identified, on one thread. A handle is sealed by {@code build()},
 * which also identifies it, so the three are one.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class IdentifierBenchmark {
    private static final int TREES = 10_000;

    /**
     * Trees per second, after warm-up.
     *
     * @param blackhole keeps the compiler from leaving out the work
     */
    @Benchmark
    @OperationsPerInvocation(TREES)
    public void buildAndIdentifyTree(Blackhole blackhole) {
        for (int number = 0; number < TREES; number++) {
            ConfigId id = Trees.build(number).id();
            blackhole.consume(id);
        }
    }
}
