package org.farwatch.api.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serial;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends bodies that are too large, before anything is read when the length is said, and while reading when it is not.
 * Files come as {@code multipart/form-data}, which has limits of its own ({@code spring.servlet.multipart}), and
 * recordings in pieces, whose length their upload has announced. Also gives
 * every answer its request id.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimit extends OncePerRequestFilter {
    /** Bytes: a post with some ten thousand corners. */
    static final long MAX = 1_048_576;

    private final Problems problems;

    BodyLimit(Problems problems) {
        this.problems = problems;
    }

    /** The body turned out to be larger than it may be. */
    static final class BodyTooLarge extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        BodyTooLarge() {
            super(sentence());
        }
    }

    static String sentence() {
        return "the body may have at most " + MAX + " bytes";
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Request-Id", request.getRequestId());
        if (isMultipart(request) || isUpload(request)) {
            chain.doFilter(request, response);
        } else if (request.getContentLengthLong() > MAX) {
            problems.write(request, response, 413, "body too large", sentence());
        } else {
            chain.doFilter(new Limited(request), response);
        }
    }

    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /** A piece of a recording; the route counts its bytes against the length that was announced. */
    private static boolean isUpload(HttpServletRequest request) {
        return "PATCH".equals(request.getMethod())
                && "application/offset+octet-stream".equals(request.getContentType())
                && request.getRequestURI().startsWith("/api/v1/uploads/");
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private ServletInputStream stream;
        private BufferedReader reader;

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (stream == null) {
                stream = new Counted(super.getInputStream());
            }
            return stream;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            if (reader == null) {
                String encoding = getCharacterEncoding();
                Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
                reader = new BufferedReader(new InputStreamReader(getInputStream(), charset));
            }
            return reader;
        }
    }

    /** Read by the thread of its request. */
    private static final class Counted extends ServletInputStream {
        private final ServletInputStream body;
        private long read;

        Counted(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int value = body.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int got = body.read(bytes, offset, length);
            count(got);
            return got;
        }

        private void count(int got) throws BodyTooLarge {
            read += Math.max(0, got);
            if (read > MAX) {
                throw new BodyTooLarge();
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
