package org.experimaestro.loader.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;

/**
 * A repository of a {@code //REPOS} line, written {@code name=address}, an address, or a name that jbang knows.
 *
 * @param id its name; that of its host where none is written
 * @param url its address
 */
record RepositoryLine(String id, String url) {
    private static final String CENTRAL = "https://repo.maven.apache.org/maven2/";
    private static final Map<String, RepositoryLine> KNOWN = Map.of(
            "central", new RepositoryLine("central", CENTRAL),
            "mavencentral", new RepositoryLine("central", CENTRAL),
            "google", new RepositoryLine("google", "https://maven.google.com/"),
            "jitpack", new RepositoryLine("jitpack", "https://jitpack.io/"));
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * The repository that a word names.
     *
     * @throws IllegalArgumentException if it names none that may be used; with the reason, to be put behind the word
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
        String scheme = String.valueOf(uri.getScheme());
        String host = uri.getHost() == null ? "" : uri.getHost();
        if (!scheme.equals("file") && (host.isEmpty() || !scheme.equals("https") && !scheme.equals("http"))) {
            throw new IllegalArgumentException(
                    "is no repository; write NAME=https://ADDRESS, or central, google, or jitpack");
        }
        if (scheme.equals("http") && !LOOPBACK.contains(host)) {
            throw new IllegalArgumentException(
                    "is not encrypted, so that anybody on the way could change the libraries; write https://");
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
