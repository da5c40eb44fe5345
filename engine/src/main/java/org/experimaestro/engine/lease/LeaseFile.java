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
 * The holders of one resource, with their shares. Immutable.
 *
 * @param holders the holders, in the order in which they came
 */
record LeaseFile(List<Holder> holders) {
    static final String SUFFIX = ".json";
    static final LeaseFile EMPTY = new LeaseFile(List.of());

    private static final int FORMAT = 1;

    /**
     * A job that holds a part of the resource.
     *
     * @param lease the unique identifier of the lease
     * @param job the path of the job's folder
     * @param owner the process that took the lease; {@code null} once that process has left the job alone
     * @param amount the size of the part
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

    /**
     * Reads a file. A file that is missing or damaged has no holders: it is written anew, and no job is lost by that.
     */
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

    /** Returns the holders that are alive. */
    LeaseFile alive() {
        return new LeaseFile(holders.stream().filter(Holder::isAlive).toList());
    }

    /** Returns whether this amount is free. */
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

    /** Returns the holders without a lease. */
    LeaseFile without(String lease) {
        return new LeaseFile(
                holders.stream().filter(holder -> !holder.lease().equals(lease)).toList());
    }

    /** Returns the holders, of which one lease is held only by its job. */
    LeaseFile withoutOwner(String lease) {
        return new LeaseFile(holders.stream()
                .map(holder -> holder.lease().equals(lease) ? holder.withoutOwner() : holder)
                .toList());
    }

    /** Returns the holders without the leases of a job's earlier attempts. */
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
