/**
 * The addresses of the page's views, written and read as the page itself does in {@code src/address}. A file of pairs
 * in {@code page/fixtures} keeps both the same.
 */
@NullMarked
package org.experimaestro.web.address;

import org.jspecify.annotations.NullMarked;
