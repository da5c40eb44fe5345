@NullMarked
package org.experimaestro.cli.web;

import org.jspecify.annotations.NullMarked;
