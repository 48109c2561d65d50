// Puts the page under the control of the service worker, or frees it from one.

/** Resolves once a service worker controls the page, or none does any more. The latter may need a reload. */
export async function useServiceWorker(isUsed: boolean): Promise<void> {
  const { serviceWorker } = navigator;
  if (isUsed && !serviceWorker.controller) {
    const controlled = new Promise((resolve) =>
      serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
    await serviceWorker.register('/service-worker.js');
    await controlled;
  } else if (!isUsed) {
    const registrations = await serviceWorker.getRegistrations();
    await Promise.all(registrations.map((registration) => registration.unregister()));
    if (!serviceWorker.controller) return;
    location.reload();
    await new Promise<never>(() => {});
  }
}
