package org.experimaestro.finder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.requirement.Accelerator;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.HostDescription.Accelerators;

/**
 * An assignment of a host's accelerators to the accelerators that a job requires. A request for any kind gets an
 * accelerator with memory of its own if possible.
 *
 * @param counts the numbers of accelerators taken, by their names on the host
 * @param sharedMemory bytes of main memory that the taken MPS accelerators use: those that the job requires on them
 * @param waste bytes of memory of the taken accelerators with memory of their own that the job does not require
 */
record AcceleratorAssignment(SortedMap<String, Integer> counts, long sharedMemory, long waste) {

    /*
     * This is the assignment with the fewest accelerators that share main memory, then with the least memory shared.
     * On a host whose accelerators are of one maker, it then has the least waste.
     *
     * 1. One kind. An accelerator meets a request that needs no more memory than it has, so that the sets of
     *    accelerators that meet the requests are nested. Take the requests from the largest to the smallest, and for
     *    each the smallest free accelerator that meets it. This succeeds whenever an assignment exists, and takes the
     *    least memory: in any other assignment the largest request can be given that accelerator, in exchange with
     *    the request that has it.
     *
     * 2. Requests for any kind. The sets of requests that CUDA accelerators can meet are the independent sets of a
     *    transversal matroid (J. Edmonds, D. R. Fulkerson, Transversals and matroid partition, Journal of Research of
     *    the National Bureau of Standards 69B, 1965). So are the sets that can be added to the requests for CUDA.
     *    Take them from the largest to the smallest, each that can still be added. The result is a largest such set,
     *    in which the k-th largest request is as large as in any other. The rest, for MPS, is thus as few and as
     *    small as possible. On a host with accelerators of other makers (GPU) too, these are filled in the same way
     *    before those of CUDA. Then the rest for CUDA is as few and as small as possible.
     */

    /**
     * Finds the assignment.
     *
     * @param asked the required accelerators
     * @param host the host
     * @param mainMemory bytes of main memory that the job requires in addition
     * @return the assignment; empty if there is none
     */
    static Optional<AcceleratorAssignment> find(List<Accelerator> asked, HostDescription host, long mainMemory) {
        List<Long> other = List.of();
        List<Long> cuda = memories(asked, AcceleratorKind.CUDA);
        List<Long> mps = memories(asked, AcceleratorKind.MPS);
        for (long memory : memories(asked, AcceleratorKind.GPU)) {
            List<Long> moreOther = with(other, memory);
            List<Long> moreCuda = with(cuda, memory);
            if (take(AcceleratorKind.GPU, moreOther, host).isPresent()) {
                other = moreOther;
            } else if (take(AcceleratorKind.CUDA, moreCuda, host).isPresent()) {
                cuda = moreCuda;
            } else {
                mps = with(mps, memory);
            }
        }
        Optional<Taken> ofOther = take(AcceleratorKind.GPU, other, host);
        Optional<Taken> ofCuda = take(AcceleratorKind.CUDA, cuda, host);
        Optional<Taken> ofMps = take(AcceleratorKind.MPS, mps, host);
        long shared = mps.stream().mapToLong(Long::longValue).sum();
        boolean fits = shared == 0 || shared <= host.memory() - mainMemory;
        if (ofOther.isEmpty() || ofCuda.isEmpty() || ofMps.isEmpty() || !fits) {
            return Optional.empty();
        }
        SortedMap<String, Integer> counts = new TreeMap<>(ofCuda.get().counts());
        for (Taken more : List.of(ofOther.get(), ofMps.get())) {
            more.counts().forEach((name, count) -> counts.merge(name, count, Integer::sum));
        }
        return Optional.of(new AcceleratorAssignment(
                counts, shared, ofCuda.get().waste() + ofOther.get().waste()));
    }

    /** Returns the requests for a kind, the largest first. */
    private static List<Long> memories(List<Accelerator> asked, AcceleratorKind kind) {
        return asked.stream()
                .filter(each -> each.kind() == kind)
                .map(Accelerator::memory)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static List<Long> with(List<Long> memories, long memory) {
        List<Long> more = new ArrayList<>(memories);
        more.add(memory);
        more.sort(Comparator.reverseOrder());
        return more;
    }

    private record Taken(SortedMap<String, Integer> counts, long waste) {}

    /** Takes accelerators of one kind for requests, the largest first; empty if there are not enough. */
    private static Optional<Taken> take(AcceleratorKind kind, List<Long> largestFirst, HostDescription host) {
        List<Accelerators> smallestFirst = host.accelerators().stream()
                .filter(each -> each.kind() == kind)
                .sorted(Comparator.comparingLong(Accelerators::memory))
                .toList();
        int[] left = smallestFirst.stream().mapToInt(Accelerators::count).toArray();
        SortedMap<String, Integer> counts = new TreeMap<>();
        long waste = 0;
        for (long memory : largestFirst) {
            int smallest = 0;
            while (smallest < left.length
                    && (left[smallest] == 0 || smallestFirst.get(smallest).memory() < memory)) {
                smallest++;
            }
            if (smallest == left.length) {
                return Optional.empty();
            }
            left[smallest]--;
            waste += smallestFirst.get(smallest).memory() - memory;
            counts.merge(smallestFirst.get(smallest).name(), 1, Integer::sum);
        }
        return Optional.of(new Taken(counts, waste));
    }
}
