package org.experimaestro.loader.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A repository of a {@code //REPOS} line, written {@code name=address}, an address, or a name of jbang.
 *
 * @param id its name; by default that of its host
 * @param url its address
 */
record RepositoryLine(String id, String url) {
    private static final String CENTRAL = "https://repo.maven.apache.org/maven2/";
    private static final Map<String, RepositoryLine> KNOWN = Map.of(
            "central", new RepositoryLine("central", CENTRAL),
            "mavencentral", new RepositoryLine("central", CENTRAL),
            // The target of maven.google.com, because redirections are not followed.
            "google", new RepositoryLine("google", "https://dl.google.com/dl/android/maven2/"),
            "jitpack", new RepositoryLine("jitpack", "https://jitpack.io/"));
    private static final Set<String> SCHEMES = Set.of("https", "http", "file");

    /**
     * Returns the repository that a word names.
     *
     * @throws IllegalArgumentException if it is not a repository that may be used; with the reason, to be put after
     *     the word
     */
    static RepositoryLine parse(String word) {
        RepositoryLine known = KNOWN.get(word);
        if (known != null) {
            return known;
        }
        int equals = word.indexOf('=');
        boolean isNamed = equals > 0 && word.substring(0, equals).matches("[\\w.-]+");
        String url = isNamed ? word.substring(equals + 1) : word;
        URI uri = uri(url);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || !scheme.equals("file") && uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "is no repository; write NAME=https://ADDRESS, or central, google, or jitpack");
        }
        if (PlainHttp.leavesThisMachine(url)) {
            throw new IllegalArgumentException(PlainHttp.PROBLEM);
        }
        return new RepositoryLine(isNamed ? word.substring(0, equals) : url.replaceAll("[^\\w.-]+", "-"), url);
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("is no address: " + wrong.getReason(), wrong);
        }
    }
}
