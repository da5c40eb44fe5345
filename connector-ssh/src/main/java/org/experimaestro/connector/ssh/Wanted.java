package org.experimaestro.connector.ssh;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files to be fetched: files and links, then markers; by their paths. */
record Wanted(SortedMap<String, HostFiles.Found> files, SortedMap<String, HostFiles.Found> markers) {

    boolean isEmpty() {
        return files.isEmpty() && markers.isEmpty();
    }

    SortedMap<String, HostFiles.Found> all() {
        SortedMap<String, HostFiles.Found> all = new TreeMap<>(files);
        all.putAll(markers);
        return all;
    }

    SortedSet<String> missing(FetchedFiles files) {
        SortedSet<String> missing = new TreeSet<>(all().keySet());
        missing.removeAll(files.received());
        missing.removeAll(files.refused());
        return missing;
    }
}
