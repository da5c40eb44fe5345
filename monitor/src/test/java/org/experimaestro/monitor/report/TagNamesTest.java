package org.experimaestro.monitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.experimaestro.JobReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagNamesTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    @Test
    void distinguishing_tagThatFollowsFromOthers_isLeftOut() {
        List<JobReport> jobs = List.of(
                job(Map.of("model", "bm25", "dense", false, "k", 1)),
                job(Map.of("model", "bert", "dense", true, "k", 1)),
                job(Map.of("model", "t5", "dense", true, "k", 1)));

        assertThat(TagNames.distinguishing(jobs, List.of(), List.of("model", "dense", "k")))
                .containsExactly("model");
        assertThat(TagNames.distinguishing(jobs, List.of(), List.of("dense", "model")))
                .containsExactly("dense", "model");
        assertThat(TagNames.distinguishing(jobs, List.of("model"), List.of("dense")))
                .isEmpty();
    }

    /** The chosen tags tell as many jobs apart as all do, and each of them tells some apart that those before it do not. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void distinguishing_anyJobs_chosenTagsTellThemApart(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<JobReport> jobs = IntStream.range(0, random.nextInt(8))
                    .mapToObj(number -> job(tags(random)))
                    .toList();
            List<String> known = NAMES.subList(0, random.nextInt(3));
            List<String> candidates = NAMES.subList(known.size(), NAMES.size());

            List<String> chosen = TagNames.distinguishing(jobs, known, candidates);

            List<String> telling = new ArrayList<>(known);
            for (String tag : chosen) {
                int before = groups(jobs, telling);
                telling.add(tag);
                assertThat(groups(jobs, telling)).isGreaterThan(before);
            }
            assertThat(groups(jobs, telling)).isEqualTo(groups(jobs, NAMES));
        }
    }

    /** A page of a run asks for this each time: the cost must not grow with the square of the tags. */
    @Test
    void distinguishing_manyTags_looksAtEachOnce() {
        AtomicInteger looks = new AtomicInteger();
        int tags = 1_000;
        List<JobReport> jobs = IntStream.range(0, 4)
                .mapToObj(number -> job(new AbstractMap<String, Object>() {
                    @Override
                    public Set<Entry<String, Object>> entrySet() {
                        return Set.of();
                    }

                    @Override
                    public @Nullable Object get(@Nullable Object name) {
                        looks.incrementAndGet();
                        return number % 2 + String.valueOf(name); // never enough to tell all apart
                    }
                }))
                .toList();

        TagNames.distinguishing(
                jobs,
                List.of(),
                IntStream.range(0, tags).mapToObj(tag -> "t" + tag).toList());

        assertThat(looks).hasValue(jobs.size() * tags);
    }

    private static Map<String, Object> tags(Random random) {
        Map<String, Object> tags = new TreeMap<>();
        NAMES.forEach(name -> {
            int value = random.nextInt(4);
            if (value > 0) {
                tags.put(name, value);
            }
        });
        return tags;
    }

    private static int groups(List<JobReport> jobs, List<String> tags) {
        Set<List<String>> groups = new HashSet<>();
        jobs.forEach(job -> groups.add(
                tags.stream().map(tag -> String.valueOf(job.tags().get(tag))).toList()));
        return groups.size();
    }

    /** Returns a job of which only the tags are asked. */
    private static JobReport job(Map<String, Object> tags) {
        return (JobReport) Proxy.newProxyInstance(
                JobReport.class.getClassLoader(), new Class<?>[] {JobReport.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("tags")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return tags;
                });
    }
}
