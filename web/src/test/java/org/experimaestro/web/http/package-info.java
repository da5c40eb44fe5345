@NullMarked
package org.experimaestro.web.http;

import org.jspecify.annotations.NullMarked;
