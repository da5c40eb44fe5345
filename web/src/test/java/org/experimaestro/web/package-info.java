@NullMarked
package org.experimaestro.web;

import org.jspecify.annotations.NullMarked;
