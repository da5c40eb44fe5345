package org.experimaestro.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.experimaestro.requirement.Accelerator;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.HostDescription.Accelerators;
import org.junit.jupiter.api.Test;

class AcceleratorAssignmentTest {
    private static final int CASES = 5_000;

    @Test
    void find_largeAndSmall_leavesTheLargeOneToWhoNeedsIt() {
        HostDescription host = host(100, cuda("big", 40, 1), cuda("small", 16, 1));

        assertThat(AcceleratorAssignment.find(List.of(gpu(10), gpu(30)), host, 0))
                .get()
                .satisfies(found -> {
                    assertThat(found.counts()).hasToString("{big=1, small=1}");
                    assertThat(found.waste()).isEqualTo(16);
                });
        assertThat(AcceleratorAssignment.find(List.of(gpu(10)), host, 0)
                        .orElseThrow()
                        .counts())
                .hasToString("{small=1}");
        assertThat(AcceleratorAssignment.find(List.of(gpu(30), gpu(30)), host, 0))
                .isEmpty();
    }

    @Test
    void find_anyKind_goesToMpsOnlyIfItMust() {
        HostDescription host = host(64, cuda("a", 24, 1), mps("m", 64, 1));

        assertThat(AcceleratorAssignment.find(List.of(gpu(8), cudaAsked(8)), host, 0))
                .get()
                .satisfies(found -> {
                    assertThat(found.counts()).hasToString("{a=1, m=1}");
                    assertThat(found.sharedMemory()).isEqualTo(8);
                });
        assertThat(AcceleratorAssignment.find(List.of(gpu(8)), host, 0)
                        .orElseThrow()
                        .counts())
                .hasToString("{a=1}");
        assertThat(AcceleratorAssignment.find(List.of(gpu(8), gpu(20)), host, 50)
                        .orElseThrow()
                        .sharedMemory())
                .as("the larger one gets the memory that is not shared")
                .isEqualTo(8);
    }

    @Test
    void find_mpsMemory_comesOutOfMainMemory() {
        HostDescription host = host(64, mps("m", 64, 1));
        List<Accelerator> asked = List.of(Accelerator.of(AcceleratorKind.MPS, 48));

        assertThat(AcceleratorAssignment.find(asked, host, 16)).isPresent();
        assertThat(AcceleratorAssignment.find(asked, host, 17)).isEmpty();
    }

    @Test
    void find_unknownMemory_meetsOnlyThoseThatNeedNone() {
        HostDescription host = host(64, cuda("a", 0, 2));

        assertThat(AcceleratorAssignment.find(List.of(gpu(0), gpu(0)), host, 0)).isPresent();
        assertThat(AcceleratorAssignment.find(List.of(gpu(1)), host, 0)).isEmpty();
    }

    @Test
    void find_manyEqualOnes_isQuick() {
        HostDescription host = host(Long.MAX_VALUE, cuda("a", 10, 512), mps("m", 10, 512));
        List<Accelerator> asked = new ArrayList<>();
        for (int i = 0; i < 1024; i++) {
            asked.add(gpu(i % 4));
        }

        assertThat(AcceleratorAssignment.find(asked, host, 0)).isPresent();
    }

    @Test
    void find_randomCases_agreesWithTryingEverything() {
        Random random = new Random(7);
        int found = 0;
        for (int i = 0; i < CASES; i++) {
            HostDescription host = randomHost(random);
            List<Accelerator> asked = randomRequest(random);
            long mainMemory = random.nextInt(20);

            Optional<Cost> expected = BruteForce.least(asked, host, mainMemory);

            Optional<Cost> actual =
                    AcceleratorAssignment.find(asked, host, mainMemory).map(one -> Cost.of(one, host));
            boolean exact = isOfOneMaker(host);
            assertThat(actual.map(cost -> exact ? cost : cost.withoutWaste()))
                    .as("%s on %s with %s of memory besides", asked, host, mainMemory)
                    .isEqualTo(expected.map(cost -> exact ? cost : cost.withoutWaste()));
            found += expected.isPresent() ? 1 : 0;
        }
        assertThat(found).as("cases that can be met").isBetween(CASES / 5, CASES * 4 / 5);
    }

    /** Returns whether the accelerators are of one maker, because only then the waste is the least. */
    private static boolean isOfOneMaker(HostDescription host) {
        return host.accelerators().stream()
                        .map(Accelerators::kind)
                        .filter(kind -> kind != AcceleratorKind.MPS)
                        .distinct()
                        .count()
                <= 1;
    }

    private static HostDescription randomHost(Random random) {
        List<Accelerators> groups = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            AcceleratorKind kind = random.nextInt(3) == 0
                    ? AcceleratorKind.MPS
                    : random.nextInt(4) == 0 ? AcceleratorKind.GPU : AcceleratorKind.CUDA;
            groups.add(new Accelerators(kind, "n" + i, random.nextInt(6) * 4L, 1 + random.nextInt(2)));
        }
        return new HostDescription("host", 1, 4, random.nextInt(40), groups, new TreeSet<>());
    }

    private static List<Accelerator> randomRequest(Random random) {
        List<Accelerator> asked = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            asked.add(Accelerator.of(AcceleratorKind.values()[random.nextInt(3)], random.nextInt(5) * 4L));
        }
        return asked;
    }

    private static HostDescription host(long memory, Accelerators... accelerators) {
        return new HostDescription("host", 1, 4, memory, List.of(accelerators), new TreeSet<>());
    }

    private static Accelerators cuda(String name, long memory, int count) {
        return new Accelerators(AcceleratorKind.CUDA, name, memory, count);
    }

    private static Accelerators mps(String name, long memory, int count) {
        return new Accelerators(AcceleratorKind.MPS, name, memory, count);
    }

    private static Accelerator gpu(long memory) {
        return Accelerator.of(AcceleratorKind.GPU, memory);
    }

    private static Accelerator cudaAsked(long memory) {
        return Accelerator.of(AcceleratorKind.CUDA, memory);
    }

    /** The costs to minimize, in this order. */
    private record Cost(int onMps, long shared, long waste) {
        static final Comparator<Cost> ORDER = Comparator.comparingInt(Cost::onMps)
                .thenComparingLong(Cost::shared)
                .thenComparingLong(Cost::waste);

        Cost withoutWaste() {
            return new Cost(onMps, shared, 0);
        }

        static Cost of(AcceleratorAssignment found, HostDescription host) {
            int onMps = host.accelerators().stream()
                    .filter(each -> each.kind() == AcceleratorKind.MPS)
                    .mapToInt(each -> found.counts().getOrDefault(each.name(), 0))
                    .sum();
            return new Cost(onMps, found.sharedMemory(), found.waste());
        }
    }

    /** A search that gives each request each single accelerator in turn. */
    private static final class BruteForce {
        private final List<Accelerators> single = new ArrayList<>();
        private final List<Accelerator> asked;
        private final long free;
        private Optional<Cost> least = Optional.empty();

        private BruteForce(List<Accelerator> asked, HostDescription host, long free) {
            this.asked = asked;
            this.free = free;
            for (Accelerators group : host.accelerators()) {
                for (int i = 0; i < group.count(); i++) {
                    single.add(group);
                }
            }
        }

        static Optional<Cost> least(List<Accelerator> asked, HostDescription host, long mainMemory) {
            BruteForce search = new BruteForce(asked, host, host.memory() - mainMemory);
            search.tryAll(0, new boolean[search.single.size()], new Cost(0, 0, 0));
            return search.least;
        }

        private void tryAll(int next, boolean[] taken, Cost cost) {
            if (next == asked.size()) {
                boolean isLess = least.isEmpty() || Cost.ORDER.compare(cost, least.get()) < 0;
                if (isLess && (cost.shared() == 0 || cost.shared() <= free)) {
                    least = Optional.of(cost);
                }
                return;
            }
            Accelerator request = asked.get(next);
            for (int i = 0; i < taken.length; i++) {
                Accelerators one = single.get(i);
                boolean isKind = request.kind() == AcceleratorKind.GPU || request.kind() == one.kind();
                if (!taken[i] && isKind && one.memory() >= request.memory()) {
                    taken[i] = true;
                    tryAll(next + 1, taken, more(cost, request, one));
                    taken[i] = false;
                }
            }
        }

        private static Cost more(Cost cost, Accelerator request, Accelerators one) {
            return one.kind() == AcceleratorKind.MPS
                    ? new Cost(cost.onMps() + 1, cost.shared() + request.memory(), cost.waste())
                    : new Cost(cost.onMps(), cost.shared(), cost.waste() + one.memory() - request.memory());
        }
    }
}
