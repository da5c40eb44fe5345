/**
 * Answers that stay true: the resources of the API, sent again when they differ.
 */
@NullMarked
package org.experimaestro.web.stream;

import org.jspecify.annotations.NullMarked;
