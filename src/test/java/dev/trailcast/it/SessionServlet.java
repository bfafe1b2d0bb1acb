package dev.trailcast.it;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** Somebody's application that has sessions, ends them, and logs its users out. */
@WebServlet("/session")
public class SessionServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) {
    request.getSession();
  }

  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if ("logout".equals(request.getQueryString())) {
      request.logout();
    }
    HttpSession session = request.getSession(false); // Open Liberty has ended it with the log-in
    if (session != null) {
      session.invalidate();
    }
  }
}
