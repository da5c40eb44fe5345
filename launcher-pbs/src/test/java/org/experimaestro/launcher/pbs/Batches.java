package org.experimaestro.launcher.pbs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.Resources;

/** Makes batches for tests: one job called learn, whose body does nothing, and what a test adds. */
final class Batches {
    private String name = "learn";
    private int size = 1;
    private String body = "exec true\n";
    private String log = "/scratch/ws/learn";
    private Resources resources = Resources.NONE;
    private Optional<String> partition = Optional.empty();
    private final Map<String, String> options = new TreeMap<>();
    private final List<String> directives = new ArrayList<>();
    private final List<String> after = new ArrayList<>();

    Batches size(int value) {
        size = value;
        return this;
    }

    Batches body(String value) {
        body = value;
        return this;
    }

    Batches log(String value) {
        log = value;
        return this;
    }

    Batches resources(Resources value) {
        resources = value;
        return this;
    }

    Batches partition(String value) {
        partition = Optional.of(value);
        return this;
    }

    Batches option(String key, String value) {
        options.put(key, value);
        return this;
    }

    Batches directive(String value) {
        directives.add(value);
        return this;
    }

    Batches after(String... handles) {
        after.addAll(List.of(handles));
        return this;
    }

    Batch batch() {
        return new Batch(name, size, body, log, resources, partition, new TreeMap<>(options), directives, after);
    }
}
