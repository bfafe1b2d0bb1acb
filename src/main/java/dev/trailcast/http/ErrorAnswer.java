package dev.trailcast.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers where the server would with an error page of its own, which names its classes. For the
 * web.xml of the WAR that stands alone: in somebody else's the error pages are theirs.
 */
public class ErrorAnswer extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Problem.of(status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND, null)
        .writeTo(response);
  }
}
