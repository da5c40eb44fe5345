package org.experimaestro.settings;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.core.git.DirtyGit;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;

/**
 * The rules for plans in a repository of git, of an experiment, a workspace or a user. Immutable.
 *
 * @param dirtyGit the treatment of changes that are not committed; empty without the key
 * @param patchLimit the largest size of changes that are stored, in bytes; empty without the key
 */
public record GitSettings(Optional<DirtyGit> dirtyGit, OptionalLong patchLimit) {
    /** Settings without any of the keys. */
    public static final GitSettings NONE = new GitSettings(Optional.empty(), OptionalLong.empty());

    /** Up to 9999 of a unit, so that no sum overflows. */
    private static final Pattern SIZE = Pattern.compile("(0)|([0-9]{1,4}) ?(KiB|MiB|GiB)");

    private static final Map<String, Integer> SHIFTS = Map.of("KiB", 10, "MiB", 20, "GiB", 30);

    static GitSettings read(Mapping map, Problems problems) {
        return new GitSettings(
                find(map, KeyNames.DIRTY_GIT).flatMap(entry -> dirtyGit(entry, problems)),
                find(map, KeyNames.PATCH_LIMIT)
                        .map(entry -> patchLimit(entry, problems))
                        .orElse(OptionalLong.empty()));
    }

    private static Optional<Entry> find(Mapping map, String key) {
        return Optional.ofNullable(map.entries().get(key))
                .filter(entry -> !(entry.value() instanceof Scalar scalar && scalar.kind() == Kind.NULL));
    }

    private static Optional<DirtyGit> dirtyGit(Entry entry, Problems problems) {
        Optional<DirtyGit> found =
                entry.value() instanceof Scalar scalar ? DirtyGit.of(scalar.text()) : Optional.empty();
        if (found.isEmpty()) {
            problems.add(
                    entry.value().origin(),
                    "\"dirty_git\" must be ignore, warn or error, found " + TypeWords.found(entry.value()));
        }
        return found;
    }

    private static OptionalLong patchLimit(Entry entry, Problems problems) {
        Matcher size = SIZE.matcher(entry.value() instanceof Scalar scalar ? scalar.text() : "");
        if (!size.matches()) {
            problems.add(
                    entry.value().origin(),
                    "\"patch_limit\" must be a size such as 64MiB, or 0, found " + TypeWords.found(entry.value()));
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                size.group(1) != null ? 0 : Long.parseLong(size.group(2)) << SHIFTS.getOrDefault(size.group(3), 0));
    }

    /**
     * Returns these settings, completed by others.
     *
     * @param other the settings that count for a key that is missing here
     * @return settings with the keys of both
     */
    public GitSettings or(GitSettings other) {
        return new GitSettings(dirtyGit.or(other::dirtyGit), patchLimit.isPresent() ? patchLimit : other.patchLimit);
    }
}
