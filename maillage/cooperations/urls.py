app_name = "cooperations"

urlpatterns = []
