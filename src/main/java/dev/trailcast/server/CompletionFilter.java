package dev.trailcast.server;

import dev.trailcast.http.TrailcastApi;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has an asynchronous request completed once, though it is told so twice: where a stream has ended
 * its own, Jersey hears of that and completes it again, and Payara logs what comes of it, with a
 * stack trace, for every stream.
 */
@WebFilter(servletNames = TrailcastApi.APPLICATION, asyncSupported = true)
public class CompletionFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(new OnceCompletedRequest(request), response);
  }

  private static final class OnceCompletedRequest extends HttpServletRequestWrapper {
    private AsyncContext once;

    OnceCompletedRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public AsyncContext startAsync() {
      once = new OnceCompleted(super.startAsync());
      return once;
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
      once = new OnceCompleted(super.startAsync(request, response));
      return once;
    }

    @Override
    public AsyncContext getAsyncContext() {
      return once == null ? super.getAsyncContext() : once;
    }
  }

  /** As the server's in everything else. */
  private record OnceCompleted(AsyncContext async, AtomicBoolean completed)
      implements AsyncContext {
    OnceCompleted(AsyncContext async) {
      this(async, new AtomicBoolean());
    }

    @Override
    public void complete() {
      if (completed.compareAndSet(false, true)) {
        async.complete();
      }
    }

    @Override
    public ServletRequest getRequest() {
      return async.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
      return async.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
      return async.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
      async.dispatch();
    }

    @Override
    public void dispatch(String path) {
      async.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
      async.dispatch(context, path);
    }

    @Override
    public void start(Runnable run) {
      async.start(run);
    }

    @Override
    public void addListener(AsyncListener listener) {
      async.addListener(listener);
    }

    @Override
    public void addListener(
        AsyncListener listener, ServletRequest request, ServletResponse response) {
      async.addListener(listener, request, response);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
      return async.createListener(type);
    }

    @Override
    public void setTimeout(long timeout) {
      async.setTimeout(timeout);
    }

    @Override
    public long getTimeout() {
      return async.getTimeout();
    }
  }
}
