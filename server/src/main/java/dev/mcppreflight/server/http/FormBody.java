package dev.mcppreflight.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.servlet.MultipartConfigElement;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.Part;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.server.Request;

/** Reads forms with a file, in memory and within a limit. */
final class FormBody {

    private static final String TYPE = "multipart/form-data";

    private FormBody() {}

    /** Tells whether the body is declared as such a form. */
    static boolean isDeclared(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(TYPE);
    }

    /**
     * Returns the form.
     *
     * @param limit the largest accepted body in bytes
     * @throws HttpRefusal 413 when it is larger, 400 when it is no form
     */
    static Form read(HttpServletRequest request, int limit) throws IOException {
        HttpRefusal tooLarge = new HttpRefusal(413, "Payload too large: at most " + limit + " bytes");
        if (request.getContentLengthLong() > limit) {
            throw tooLarge;
        }
        // As much in memory as may come at all: nothing of it gets to a disk.
        request.setAttribute(Request.MULTIPART_CONFIG_ELEMENT, new MultipartConfigElement("", limit, limit, limit));
        Map<String, String> fields = new LinkedHashMap<>();
        Form.File file = null;
        try {
            for (Part part : request.getParts()) {
                byte[] bytes;
                try (InputStream in = part.getInputStream()) {
                    bytes = in.readAllBytes();
                }
                if (part.getSubmittedFileName() == null) {
                    fields.put(part.getName(), new String(bytes, StandardCharsets.UTF_8));
                } else {
                    String name = part.getSubmittedFileName().replaceFirst("^.*[/\\\\]", "");
                    file = new Form.File(name, part.getContentType(), bytes);
                }
            }
        } catch (IllegalStateException e) {
            throw tooLarge;
        } catch (IOException | ServletException | BadMessageException e) {
            throw new HttpRefusal(400, "Bad request: the body is not " + TYPE);
        }
        return new Form(fields, file);
    }
}
