package org.experimaestro.web.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * The media type with which a file of a job is sent. Files may be those of other people, so a browser gets only plain
 * text and pixels to show: a document that can run scripts, such as HTML or SVG, is plain text.
 *
 * @param name the media type
 * @param isShown whether the browser may show it; it offers to store it otherwise
 */
record FileType(String name, boolean isShown) {
    /** The bytes by which text is told from other content. */
    static final int SAMPLE = 8 * 1024;

    private static final Map<String, String> IMAGES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "gif", "image/gif",
            "webp", "image/webp");

    static FileType of(String file, byte[] head) {
        String suffix = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String image = IMAGES.get(suffix);
        if (image != null) {
            return new FileType(image, true);
        }
        return isText(head)
                ? new FileType("text/plain; charset=utf-8", true)
                : new FileType("application/octet-stream", false);
    }

    /** Returns whether bytes are the beginning of a text in UTF-8. */
    private static boolean isText(byte[] head) {
        for (byte each : head) {
            if (each == 0) {
                return false;
            }
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        // A character that is cut at the end of the sample is no error.
        return !decoder.decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length), false)
                .isError();
    }
}
