package org.experimaestro.engine.lease;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Who holds how much of one resource. Immutable.
 *
 * @param holders in the order in which they came
 */
record LeaseFile(List<Holder> holders) {
    static final String SUFFIX = ".json";
    static final LeaseFile EMPTY = new LeaseFile(List.of());

    private static final int FORMAT = 1;

    /**
     * A job that holds a part.
     *
     * @param lease what tells the lease from all others
     * @param job the path of the job's folder
     * @param owner the process that took the lease; {@code null} once it has left the job alone
     * @param amount how much
     */
    record Holder(String lease, String job, @Nullable ProcessIdentity owner, long amount) {

        boolean isAlive() {
            return owner != null && owner.isLocal() && owner.isAlive()
                    || JobFolder.ofAnyFormat(Path.of(job)).status().isActive();
        }

        Holder withoutOwner() {
            return new Holder(lease, job, null, amount);
        }

        private static Holder fromJson(JsonObject json) {
            String job = json.string("job");
            JobFolder.at(Path.of(job)); // whether it is one
            ProcessIdentity owner = json.has("owner") ? ProcessIdentity.fromJson(json.object("owner")) : null;
            return new Holder(json.string("lease"), job, owner, json.integer("amount"));
        }

        private Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("lease", lease);
            json.put("job", job);
            if (owner != null) {
                json.put("owner", owner.toJson());
            }
            json.put("amount", amount);
            return json;
        }
    }

    /** A file that cannot be read is that of nobody: it is written anew, and no job is lost by it. */
    static LeaseFile read(Path file) throws IOException {
        try {
            JsonObject json = JsonFile.read(file, JsonFile.SMALL_BYTES);
            List<Holder> holders = new ArrayList<>();
            for (Object holder : json.list("holders")) {
                holders.add(Holder.fromJson(JsonObject.of(holder, file.toString())));
            }
            return new LeaseFile(holders);
        } catch (NoSuchFileException | JsonException | IllegalArgumentException | WorkspaceException nobody) {
            return EMPTY;
        }
    }

    static List<Path> all(Path host) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(host, "[!.]*" + SUFFIX)) {
            stream.forEach(files::add);
        }
        return files;
    }

    /** Without the holders that have died. */
    LeaseFile alive() {
        return new LeaseFile(holders.stream().filter(Holder::isAlive).toList());
    }

    /** Whether so much more can be had. */
    boolean hasRoom(long amount, long capacity) {
        long used = holders.stream().mapToLong(Holder::amount).sum();
        return amount == 0 || used + amount <= capacity;
    }

    LeaseFile with(Holder holder) {
        if (holder.amount() == 0) {
            return this;
        }
        List<Holder> more = new ArrayList<>(holders);
        more.add(holder);
        return new LeaseFile(more);
    }

    /** Without a lease. */
    LeaseFile without(String lease) {
        return new LeaseFile(
                holders.stream().filter(holder -> !holder.lease().equals(lease)).toList());
    }

    /** With a lease that nobody but its job holds any longer. */
    LeaseFile withoutOwner(String lease) {
        return new LeaseFile(holders.stream()
                .map(holder -> holder.lease().equals(lease) ? holder.withoutOwner() : holder)
                .toList());
    }

    /** Without what earlier attempts of a job have left. */
    LeaseFile withoutJob(String job) {
        return new LeaseFile(
                holders.stream().filter(holder -> !holder.job().equals(job)).toList());
    }

    void write(Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("holders", holders.stream().map(Holder::toJson).toList());
        AtomicFile.write(file, Json.write(json));
    }
}
