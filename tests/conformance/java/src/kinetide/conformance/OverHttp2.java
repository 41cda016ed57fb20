package kinetide.conformance;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.waiters.KinesisWaiter;

/**
 * The synchronous client's interface over the asynchronous client, the only one that speaks HTTP/2:
 * so the same cases run over both. Each call waits for its answer and throws what was refused.
 */
final class OverHttp2 implements InvocationHandler {
    private final KinesisAsyncClient client;

    private OverHttp2(KinesisAsyncClient client) {
        this.client = client;
    }

    static KinesisClient of(KinesisAsyncClient client) {
        return (KinesisClient) Proxy.newProxyInstance(KinesisClient.class.getClassLoader(),
                new Class<?>[] {KinesisClient.class}, new OverHttp2(client));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "close":
                client.close();
                return null;
            case "waiter":
                return KinesisWaiter.builder().client((KinesisClient) proxy).build();
            default:
                // Paginators and the forms that take a builder are made of the calls themselves.
                return isCall(method) ? call(method, arguments[0])
                        : InvocationHandler.invokeDefault(proxy, method, arguments);
        }
    }

    private static boolean isCall(Method method) {
        return method.getParameterCount() == 1
                && SdkRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                && !method.getName().endsWith("Paginator");
    }

    private Object call(Method method, Object request) throws Throwable {
        Method same = KinesisAsyncClient.class.getMethod(method.getName(),
                method.getParameterTypes());
        try {
            return ((CompletableFuture<?>) same.invoke(client, request)).join();
        } catch (CompletionException failed) {
            throw failed.getCause();
        }
    }
}
